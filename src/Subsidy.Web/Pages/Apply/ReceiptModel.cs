using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Pages.Apply;

/// <param name="AccessKey">In groups, as it is read out and written down.</param>
/// <param name="Duplicate">Reference of the earlier application that this one repeats, or null.</param>
public sealed record ReceiptModel(Application Application, Scheme Scheme, string AccessKey, string? Duplicate);
