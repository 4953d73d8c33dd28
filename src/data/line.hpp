#pragma once
// A line of batches to be worked on: they go in and come out in one order, whichever thread has
// them in between. Room is stated; what waits is never more.

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>

namespace antinomy::data {

template <class Batch>
class Line {
public:
    explicit Line(std::size_t room) : room_(room) {}

    // By the thread that reads. Full: false; then take one out first.
    bool put(std::unique_ptr<Batch>& batch) {
        const std::lock_guard lock(mutex_);
        if (slots_.size() >= room_) return false;
        slots_.push_back({std::move(batch), false, false});
        work_.notify_one();
        return true;
    }
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        work_.notify_all();
    }
    // The oldest one, when it is done; null: none is there.
    std::unique_ptr<Batch> take() {
        std::unique_lock lock(mutex_);
        if (slots_.empty()) return nullptr;
        done_.wait(lock, [&] { return slots_.front().done || failure_; });
        if (failure_) std::rethrow_exception(failure_);
        auto out = std::move(slots_.front().batch);
        slots_.pop_front();
        return out;
    }
    // By threads that check, until the line is closed and empty.
    template <class Do>
    void work(const Do& check) {
        for (;;) {
            Slot* mine = nullptr;
            {
                std::unique_lock lock(mutex_);
                work_.wait(lock, [&] {
                    mine = next();
                    return mine != nullptr || closed_ || failure_;
                });
                if (mine == nullptr || failure_) return;
                mine->taken = true;
            }
            do_one(*mine, check);
        }
    }
    // By the thread that reads, while it would have to wait: checks one that nobody has taken.
    // False: there is none, or the oldest is done and can be taken out.
    template <class Do>
    bool help(const Do& check) {
        Slot* mine = nullptr;
        {
            const std::lock_guard lock(mutex_);
            if (failure_ || slots_.empty() || slots_.front().done) return false;
            mine = next();
            if (mine == nullptr) return false;
            mine->taken = true;
        }
        do_one(*mine, check);
        return true;
    }

private:
    struct Slot {
        std::unique_ptr<Batch> batch;
        bool taken = false;
        bool done = false;
    };
    template <class Do>
    void do_one(Slot& mine, const Do& check) {
        // The deque leaves its elements where they are when others come and go at its ends.
        std::exception_ptr failed;
        try {
            check(*mine.batch);
        } catch (...) {
            failed = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        mine.done = true;
        if (failed && !failure_) failure_ = failed;
        if (failure_) work_.notify_all();
        done_.notify_all();
    }
    Slot* next() {
        for (auto& s : slots_)
            if (!s.taken) return &s;
        return nullptr;
    }
    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable done_;
    std::deque<Slot> slots_;
    std::size_t room_;
    bool closed_ = false;
    std::exception_ptr failure_;
};
}  // namespace antinomy::data
