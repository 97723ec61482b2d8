using Subsidy.Core.Schemes;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Pages.Apply;

/// <param name="Key">The form's idempotency key: a double click, or a second try after a lost answer, is one application.</param>
/// <param name="Kept">Papers of an earlier, faulty attempt with this key.</param>
public sealed record ApplyModel(Scheme Scheme, string Key, IReadOnlyList<FormSection> Sections, FormState State, IReadOnlyList<PaperFile> Kept)
{
    /// <summary>By the dotted path that expressions use.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; } = Sections.SelectMany(section => section.Fields)
        .SelectMany(Flat)
        .GroupBy(field => field.Pointer.TrimStart('/').Replace('/', '.'), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Title, StringComparer.Ordinal);

    private static IEnumerable<Field> Flat(Field field) => field is GroupField group ? group.Fields.SelectMany(Flat).Prepend(field) : [field];
}
