using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Pages.My;

/// <param name="Sections">Empty when only papers are asked for.</param>
public sealed record AmendModel(
    IReadOnlyList<Missing> Missing,
    IReadOnlyList<DocumentRule> Documents,
    IReadOnlyList<FormSection> Sections,
    IReadOnlyList<PaperFile> Kept,
    FormState State);
