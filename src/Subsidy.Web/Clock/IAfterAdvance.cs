namespace Subsidy.Web.Clock;

/// <summary>Told after the clock was moved, before the caller is answered, so that what fell due has then been done.</summary>
public interface IAfterAdvance
{
    Task CatchUpAsync(CancellationToken cancellation);
}
