using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;

namespace Subsidy.Web.Pages.Finance;

/// <summary>Handed over by one who has signed; out of the cash box, though not out of the account.</summary>
/// <param name="HandOver">As the application knows it; null where it has gone on already.</param>
public sealed record Unwitnessed(Position Position, HandOver? HandOver)
{
    /// <summary>The witness does not sign, and nothing happens before finance has decided.</summary>
    public bool Refused => HandOver is { Refused: true };

    public static async Task<IReadOnlyList<Unwitnessed>> OfAsync(Fund fund, IFundBooks books, IStreams streams, CancellationToken cancel)
    {
        var all = new List<Unwitnessed>();
        if (fund.Unwitnessed.Count == 0)
            return all;
        await foreach (var position in books.HandedOutAsync(fund.Key, cancel))
        {
            var head = await streams.LoadAsync(position.Application, cancel);
            var handed = head?.Application.Entitlements.FirstOrDefault(one => one.Id == position.Entitlement)?.HandOver;
            all.Add(new Unwitnessed(position, handed is { Open: true } ? handed : null));
        }
        return all;
    }
}
