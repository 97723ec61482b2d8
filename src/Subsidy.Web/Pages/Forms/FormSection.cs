namespace Subsidy.Web.Pages.Forms;

/// <param name="Title">Null when the only field has a heading of its own.</param>
public sealed record FormSection(string? Title, IReadOnlyList<Field> Fields);
