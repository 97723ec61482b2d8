namespace Subsidy.Web.Pages.Forms;

/// <summary>A paper that was handed in with an earlier, faulty attempt and lies with the draft.</summary>
public sealed record KeptPaper(string Kind, string? FileName, long Size);
