#include "page/office.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include "page/archive.hpp"

namespace antinomy::page {

namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

Packed* file(std::vector<Packed>& files, std::string_view name) {
    const auto it =
        std::find_if(files.begin(), files.end(), [&](const Packed& f) { return f.name == name; });
    return it == files.end() ? nullptr : &*it;
}

// Between marks, of which none is between others.
void replace_within(std::string& text, std::string_view open, std::string_view close,
                    std::string_view what, std::string_view with) {
    for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
        const auto end = text.find(close, at);
        if (end == std::string::npos) return;
        auto part = text.substr(at, end - at);
        replace_all(part, what, with);
        text.replace(at, end - at, part);
        at += part.size();
    }
}

// ---------------------------------------------------------------- WordprocessingML

// Sizes in half points, lengths in twentieths of a point. Text has the size of the defaults and not
// of a style, for only then does the style of a table set its own.
constexpr std::string_view kStyles =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults>
<w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="60" w:after="80"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="FirstParagraph" w:customStyle="1"><w:name w:val="First Paragraph"/><w:basedOn w:val="BodyText"/><w:next w:val="BodyText"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="Compact" w:customStyle="1"><w:name w:val="Compact"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="100" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="80" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:bCs/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="40" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:bCs/><w:color w:val="404040"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="BlockText"><w:name w:val="Block Text"/><w:basedOn w:val="BodyText"/><w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="808080"/></w:pBdr><w:ind w:left="240"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:i/><w:iCs/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TableCaption" w:customStyle="1"><w:name w:val="Table Caption"/><w:basedOn w:val="Caption"/></w:style>
<w:style w:type="paragraph" w:styleId="ImageCaption" w:customStyle="1"><w:name w:val="Image Caption"/><w:basedOn w:val="Caption"/></w:style>
<w:style w:type="paragraph" w:styleId="DefinitionTerm" w:customStyle="1"><w:name w:val="Definition Term"/><w:basedOn w:val="Normal"/><w:next w:val="Definition"/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="80" w:after="0"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Definition" w:customStyle="1"><w:name w:val="Definition"/><w:basedOn w:val="Normal"/><w:pPr><w:keepLines/><w:ind w:left="360"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="SourceCode" w:customStyle="1"><w:name w:val="Source Code"/><w:basedOn w:val="Normal"/><w:pPr><w:keepLines/><w:pBdr><w:left w:val="single" w:sz="6" w:space="6" w:color="BFBFBF"/></w:pBdr><w:spacing w:before="40" w:after="100" w:line="240" w:lineRule="auto"/><w:ind w:left="160"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="VerbatimChar" w:customStyle="1"><w:name w:val="Verbatim Char"/><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="VerbatimCell" w:customStyle="1"><w:name w:val="Verbatim Cell"/><w:basedOn w:val="VerbatimChar"/><w:rPr><w:sz w:val="14"/><w:szCs w:val="14"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F3864"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Table" w:customStyle="1"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="808080"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="808080"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="45" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="404040"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr></w:tblStylePr></w:style>
)";

constexpr std::string_view kSection =
    R"(<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>)";

constexpr std::string_view kFooter =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">Antinomy report, page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>
)";

// "Lang-ru" of each style of a character that the text names so.
std::set<std::string> languages(const std::string& document) {
    constexpr std::string_view mark = "<w:rStyle w:val=\"Lang-";
    std::set<std::string> out;
    for (auto at = document.find(mark); at != std::string::npos; at = document.find(mark, at + 1)) {
        const auto begin = at + mark.size();
        out.insert(document.substr(begin, document.find('"', begin) - begin));
    }
    return out;
}

// Pictures that pandoc has made as wide as its own pages' text (5.83 inches), as wide as that of
// these, as far as the page is high enough. In 914,400 to an inch.
void wider(std::string& document) {
    constexpr std::string_view narrow = "cx=\"5334000\" cy=\"";
    constexpr double wide = 6120000;
    constexpr double highest = 8190000;
    for (auto at = document.find(narrow); at != std::string::npos;
         at = document.find(narrow, at + 1)) {
        const auto begin = at + narrow.size();
        const auto end = document.find('"', begin);
        if (end == std::string::npos || end - begin > 9) return;
        const double high = static_cast<double>(std::stol(document.substr(begin, end - begin)));
        const double scale = std::min(wide / 5334000, highest / std::max(1.0, high));
        if (scale <= 1) continue;
        document.replace(at, end - at,
                         "cx=\"" + std::to_string(std::lround(5334000 * scale)) + "\" cy=\"" +
                             std::to_string(std::lround(high * scale)));
    }
}

void word(std::vector<Packed>& files) {
    auto* document = file(files, "word/document.xml");
    auto* styles = file(files, "word/styles.xml");
    auto* links = file(files, "word/_rels/document.xml.rels");
    auto* types = file(files, "[Content_Types].xml");
    if (document == nullptr || styles == nullptr || links == nullptr || types == nullptr) return;
    styles->bytes = kStyles;
    for (const auto& l : languages(document->bytes))
        styles->bytes += "<w:style w:type=\"character\" w:styleId=\"Lang-" + l +
                         "\" w:customStyle=\"1\"><w:name w:val=\"Lang-" + l +
                         "\"/><w:rPr><w:lang w:val=\"" + l + "\" w:bidi=\"" + l +
                         "\"/></w:rPr></w:style>\n";
    styles->bytes += "</w:styles>\n";
    auto& text = document->bytes;
    // A row stays on one page; the properties of a row are in this order.
    replace_all(text, "<w:tr><w:trPr>", "<w:tr ><w:trPr><w:cantSplit/>");
    replace_all(text, "<w:tr><w:tc>", "<w:tr ><w:trPr><w:cantSplit/></w:trPr><w:tc>");
    // The head of a table stays with its first row.
    replace_within(text, "<w:tblHeader", "</w:tr>", "<w:pStyle w:val=\"Compact\" />",
                   "<w:pStyle w:val=\"Compact\" /><w:keepNext/>");
    replace_all(text, "<w:sectPr />", kSection);
    replace_within(text, "<w:tbl>", "</w:tbl>", "w:val=\"VerbatimChar\"", "w:val=\"VerbatimCell\"");
    // Pandoc describes a picture by its address, which is all of it.
    constexpr std::string_view address = "descr=\"data:";
    for (auto at = text.find(address); at != std::string::npos; at = text.find(address, at + 1))
        text.replace(at, text.find('"', at + 7) - at, "descr=\"");
    wider(text);
    // Where nothing is said of the distance to the text, not all programs take none.
    replace_all(text, "<wp:inline>", R"(<wp:inline distT="0" distB="0" distL="0" distR="0">)");
    // Of `data:image/x-emf;base64,...`; no program knows that kind.
    replace_all(types->bytes, "image/x-emf;base64", "image/x-emf");
    replace_all(links->bytes, "</Relationships>",
                "<Relationship Id=\"rIdFooter\" "
                "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                "footer\" Target=\"footer1.xml\"/></Relationships>");
    replace_all(types->bytes, "</Types>",
                "<Override PartName=\"/word/footer1.xml\" "
                "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml."
                "footer+xml\"/></Types>");
    files.push_back({"word/footer1.xml", std::string(kFooter)});
}

// ---------------------------------------------------------------- OpenDocument

// Puts a style in place of that of the same name, whatever the order of its attributes, or behind
// the others.
void style(std::string& styles, const std::string& name, std::string_view kind,
           std::string_view content) {
    const auto begin = [&] {
        constexpr std::string_view open = "<style:style ";
        const auto named = " style:name=\"" + name + '"';
        for (auto at = styles.find(open); at != std::string::npos; at = styles.find(open, at + 1)) {
            const auto there = styles.find(named, at + open.size() - 1);
            if (there == std::string::npos) break;
            if (there < styles.find('>', at)) return at;
        }
        return std::string::npos;
    }();
    const auto made = "<style:style style:name=\"" + name + "\" style:family=\"" +
                      std::string(kind) + '>' + std::string(content) + "</style:style>\n";
    if (begin == std::string::npos) {
        const auto last = styles.find("</office:styles>");
        if (last != std::string::npos) styles.insert(last, made);
        return;
    }
    const auto tag = styles.find('>', begin);
    if (tag == std::string::npos) return;
    auto end = tag + 1;
    if (styles[tag - 1] != '/') {
        const auto close = styles.find("</style:style>", tag);
        if (close == std::string::npos) return;
        end = close + std::string_view("</style:style>").size();
    }
    styles.replace(begin, end - begin, made);
}

// Text of one size, in Western scripts and in the others.
std::string letters(std::string_view font, std::string_view size, std::string_view weight,
                    std::string_view more = {}) {
    std::string out = "<style:text-properties";
    const auto add = [&](std::string_view key, std::string_view value) {
        if (value.empty()) return;
        for (const std::string_view script : {"", "-asian", "-complex"})
            (out += script.empty() ? " fo:" : " style:")
                .append(key)
                .append(script)
                .append("=\"")
                .append(value)
                .append("\"");
    };
    add("font-size", size);
    add("font-weight", weight);
    if (!font.empty())
        for (const std::string_view script : {"", "-asian", "-complex"})
            out.append(" style:font-name").append(script).append("=\"").append(font).append("\"");
    return out.append(more).append("/>");
}

void styles_of_text(std::string& s) {
    const auto paragraph = [](std::string_view top, std::string_view bottom,
                              std::string_view more) {
        return "<style:paragraph-properties fo:margin-top=\"" + std::string(top) +
               "\" fo:margin-bottom=\"" + std::string(bottom) + '"' + std::string(more) + "/>";
    };
    constexpr std::string_view keep =
        " fo:keep-with-next=\"always\" fo:keep-together=\"always\" "
        "style:contextual-spacing=\"false\"";
    const std::string in_text =
        "paragraph\" style:parent-style-name=\"Standard\" "
        "style:next-style-name=\"Text_20_body\" style:class=\"text\"";
    style(s, "Standard", "paragraph\" style:class=\"text\"",
          letters("Times New Roman", "11pt", ""));
    style(s, "Title", in_text, paragraph("0pt", "8pt", keep) + letters("Arial", "18pt", "bold"));
    style(s, "Heading", in_text, paragraph("14pt", "4pt", keep) + letters("Arial", "12pt", "bold"));
    const auto heading = [&](const std::string& level, std::string_view top,
                             std::string_view size) {
        style(s, "Heading_20_" + level,
              "paragraph\" style:display-name=\"Heading " + level +
                  "\" style:parent-style-name=\"Heading\" "
                  "style:next-style-name=\"Text_20_body\" style:default-outline-level=\"" +
                  level + "\" style:class=\"text\"",
              paragraph(top, "4pt", keep) + letters("Arial", size, "bold"));
    };
    heading("1", "18pt", "14pt");
    heading("2", "14pt", "12pt");
    heading("3", "8pt", "10pt");
    style(s, "Quotations", in_text,
          paragraph("3pt", "5pt",
                    " fo:margin-left=\"5mm\" fo:padding-left=\"3mm\" fo:border-left=\"1.5pt solid "
                    "#808080\""));
    style(s, "TableCaption", in_text,
          paragraph("6pt", "3pt", keep) + letters("", "9.5pt", "", " fo:font-style=\"italic\""));
    style(s, "Table_20_Contents",
          "paragraph\" style:display-name=\"Table Contents\" "
          "style:parent-style-name=\"Standard\" style:class=\"extra\"",
          letters("Arial", "8pt", ""));
    style(s, "Table_20_Heading",
          "paragraph\" style:display-name=\"Table Heading\" "
          "style:parent-style-name=\"Table_20_Contents\" style:class=\"extra\"",
          letters("Arial", "8pt", "bold"));
    style(s, "Preformatted_20_Text",
          "paragraph\" style:display-name=\"Preformatted Text\" "
          "style:parent-style-name=\"Standard\" style:class=\"html\"",
          paragraph("0pt", "0pt", " fo:margin-left=\"3mm\"") + letters("Courier New", "8.5pt", ""));
    // Not in percent: that would be of what the paragraph's style is based on.
    style(s, "Source_Text", "text\"", letters("Courier New", "9pt", ""));
    style(s, "Source_Text_Cell", "text\"", letters("Courier New", "7pt", ""));
    for (const std::string tight : {"", "_20_Tight"}) {
        const auto display = [&](const std::string& what) {
            return "paragraph\" style:display-name=\"Definition " + what +
                   (tight.empty() ? "" : " Tight") + "\" style:parent-style-name=\"Standard\" ";
        };
        style(s, "Definition_20_Term" + tight,
              display("Term") + "style:next-style-name=\"Definition_20_Definition" + tight +
                  "\" style:class=\"text\"",
              paragraph("4pt", "0pt", keep) + letters("", "", "bold"));
        style(s, "Definition_20_Definition" + tight, display("Definition") + "style:class=\"text\"",
              paragraph("0pt", "2pt", " fo:margin-left=\"6mm\" fo:keep-together=\"always\""));
    }
    style(s, "Definition", "text\"", "<style:text-properties fo:color=\"#1f3864\"/>");
}

void open_document(std::vector<Packed>& files) {
    auto* content = file(files, "content.xml");
    auto* styles = file(files, "styles.xml");
    if (content == nullptr || styles == nullptr) return;
    auto& text = content->bytes;
    const auto cell = [&](std::string_view name, std::string_view properties) {
        const auto at = text.find("<style:style style:name=\"" + std::string(name) + '"');
        const auto begin = at == std::string::npos ? at : text.find("fo:border=\"none\"", at);
        if (begin != std::string::npos) text.replace(begin, 16, properties);
    };
    cell(
        "TableHeaderRowCell",
        "fo:border=\"none\" fo:border-bottom=\"1pt solid #404040\" fo:background-color=\"#f2f2f2\" "
        "fo:padding=\"0.7mm\"");
    cell("TableRowCell",
         "fo:border=\"none\" fo:border-bottom=\"0.5pt solid #bfbfbf\" fo:padding=\"0.7mm\"");
    replace_all(text, "<table:table-row>", "<table:table-row table:style-name=\"Row\">");
    replace_within(text, "<table:table ", "</table:table>", "text:style-name=\"Source_Text\"",
                   "text:style-name=\"Source_Text_Cell\"");
    replace_all(text, "</office:automatic-styles>",
                "<style:style style:name=\"Row\" style:family=\"table-row\">"
                "<style:table-row-properties fo:keep-together=\"always\"/></style:style>"
                "</office:automatic-styles>");
    auto& s = styles->bytes;
    // The page, wherever the layout breaks its lines.
    const auto set = [&](const std::string& key, std::string_view value) {
        const auto layout = s.find("<style:page-layout-properties");
        const auto end = layout == std::string::npos ? layout : s.find('>', layout);
        const auto at = layout == std::string::npos ? layout : s.find(key + "=\"", layout);
        if (at == std::string::npos || at > end) return;
        const auto begin = at + key.size() + 2;
        s.replace(begin, s.find('"', begin) - begin, value);
    };
    set("fo:page-width", "210mm");
    set("fo:page-height", "297mm");
    for (const auto* side : {"top", "bottom", "left", "right"})
        set(std::string("fo:margin-") + side, "20mm");
    styles_of_text(s);
}

}  // namespace

std::string finished(const std::string& format, const std::string& document) {
    auto files = unpack(document);
    if (!files) return document;
    if (format == "docx")
        word(*files);
    else
        open_document(*files);
    return pack(*files);
}

}  // namespace antinomy::page
