using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Permits;

/// <summary>What anyone is told about a permit.</summary>
/// <param name="Holder">Masked; null once the person's data has been erased.</param>
/// <param name="MayPrint">The reader is the applicant, or staff.</param>
public sealed record PermitModel(string Number, Text Title, bool Valid, DateTimeOffset IssuedAt, string? Holder, bool MayPrint);

/// <param name="Lines">What stands on the permit, in full.</param>
public sealed record PermitPaperModel(string Number, Text Title, Text IssuedBy, string Reference, bool Valid, DateTimeOffset IssuedAt, IReadOnlyList<PostedLine> Lines);

/// <summary>The form for a number, with what was wrong with the one typed before.</summary>
public sealed record PermitSearchModel(FormState State);
