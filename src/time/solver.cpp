#include "time/search.hpp"

namespace antinomy::time {

struct Solver::Impl {
    Search search;
    std::vector<Day> witness;
};

Solver::Solver(const Network& network) : Solver(network, Enabled{}) {}

Solver::Solver(const Network& network, const Enabled& enabled)
    : impl_(std::make_unique<Impl>(Impl{Search(network, enabled), {}})) {}

Solver::Solver(const Solver& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(const Solver& other) {
    if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
    return *this;
}
Solver& Solver::operator=(Solver&&) noexcept = default;
Solver::~Solver() = default;

Fit Solver::fits(const Formula& assumption) {
    Fit fit = impl_->search.fits(assumption);
    if (fit == Fit::yes) {
        const auto& dating = impl_->search.dating();
        impl_->witness.resize(dating.size());
        for (std::size_t i = 0; i < dating.size(); ++i) impl_->witness[i] = Day{dating[i]};
    }
    return fit;
}

const std::vector<Day>& Solver::witness() const {
    return impl_->witness;
}

DistanceBounds Solver::bounds(PointId a, PointId b, const Formula& assumption, bool* exact) {
    return impl_->search.bounds(a, b, assumption, exact);
}

DaySet Solver::days(PointId p, const Formula& assumption, bool* exact) {
    return impl_->search.days(p, assumption, exact);
}

int Solver::tests() const {
    return impl_->search.tests();
}

}  // namespace antinomy::time
