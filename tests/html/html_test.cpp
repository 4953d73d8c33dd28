#include "html/html.hpp"

#include <gtest/gtest.h>

#include "html/frame.hpp"

namespace antinomy::html {
namespace {

TEST(Html, TextIsEscaped) {
    EXPECT_EQ(text("<b> & \"x\" 'y'").string(), "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;");
}

TEST(Html, TextOfSeveralLinesIsOne) {
    EXPECT_EQ(text(" a\n\t b ").string(), " a b ");
    EXPECT_EQ(lines("a\n\t b\r\n").string(), "a\n\t b\\x0d\n");
}

TEST(Html, WhatIsNotToBeSeenIsShown) {
    EXPECT_EQ(text("a\x1b[1m").string(), "a\\x1b[1m");
    EXPECT_EQ(text("\u202e\u2028\ufeff").string(), "\\u202e\\u2028\\ufeff");
    EXPECT_EQ(text("\xff\xc0\xaf").string(), "\\xff\\xc0\\xaf");
    EXPECT_EQ(text("\u0442\u043e\u04b7\u0438\u043a").string(), "\u0442\u043e\u04b7\u0438\u043a");
}

TEST(Html, ElementsAndAttributes) {
    EXPECT_EQ(
        element("a", {{"href", "x\"onclick=\"y"}}, text("<") + element("b", text("c"))).string(),
        "<a href=\"x&quot;onclick=&quot;y\">&lt;<b>c</b></a>");
    EXPECT_EQ(tag("meta", {{"name", "a\nb"}}).string(), "<meta name=\"a b\">");
    EXPECT_EQ(block("p", {}).string(), "<p></p>\n");
}

TEST(Html, AddressesStayInTheFolder) {
    EXPECT_EQ(address(1, {"rules", "a b.html"}, "c#d"), "../rules/a%20b.html#c%23d");
    EXPECT_EQ(address(0, {"javascript:alert(1)"}), "javascript%3Aalert%281%29");
    EXPECT_EQ(address(0, {"//host/x?y"}), "%2F%2Fhost%2Fx%3Fy");
    EXPECT_EQ(address(0, {}, "part"), "#part");
}

TEST(Frame, TitleAndNamesAreText) {
    Frame frame;
    frame.title = "</title><script>";
    frame.site = "<site>";
    frame.home = "index.html";
    frame.generator = "\"><b>";
    frame.navigation.push_back({"a.html", "<a>", true});
    const auto out = page(frame);
    EXPECT_EQ(out.find("<script>"), std::string::npos);
    EXPECT_NE(out.find("<title>&lt;/title&gt;&lt;script&gt; - &lt;site&gt;</title>"),
              std::string::npos);
    EXPECT_NE(out.find("content=\"&quot;&gt;&lt;b&gt;\""), std::string::npos);
    EXPECT_NE(out.find("aria-current=\"page\">&lt;a&gt;</a>"), std::string::npos);
}

}  // namespace
}  // namespace antinomy::html
