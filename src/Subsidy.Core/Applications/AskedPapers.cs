using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>Which papers an application is asked for after it was submitted, besides those that a return names.</summary>
public static class AskedPapers
{
    /// <returns>Document kinds; empty when nothing is asked.</returns>
    public static IReadOnlyList<string> Of(Application application, Scheme scheme)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(scheme);
        return application switch
        {
            { Waiting: { Kind: WaitingKind.Supplement } waiting } => waiting.Documents,
            { Rechecking: true } => scheme.Amount?.Recheck?.Documents ?? [],
            _ => [],
        };
    }
}
