namespace Subsidy.Web.Exports;

/// <summary>The formats of cells: each value is the index of an <c>xf</c> in <see cref="Sheet"/>.</summary>
internal static class XlsxStyle
{
    public const int Plain = 0;
    public const int Heading = 1;
    public const int Yuan = 2;
    public const int Day = 3;
    public const int Time = 4;

    /// <summary>A text stays one when somebody edits the cell, whatever sign it begins with.</summary>
    public const int Text = 5;

    /// <summary>49 is text, 4 is <c>#,##0.00</c>; from 164 on formats are one's own.</summary>
    public const string Sheet = """
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>
        <fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border/></borders>
        <cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="49" fontId="1" applyFont="1" quotePrefix="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs>
        </styleSheet>
        """;
}
