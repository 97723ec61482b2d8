using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>One handover on the spot as the stream tells it, with what the head leaves out.</summary>
/// <param name="Number">Of the event by which the payer signed.</param>
/// <param name="Witness">Who is to sign as the second, or has.</param>
/// <param name="EndedBy">Who witnessed or dropped it; null for the books.</param>
/// <param name="Reason">Null once the person is erased.</param>
/// <param name="Refusals">Of those who were named as witnesses and do not sign.</param>
public sealed record HandOverFile(
    int Number, DateTimeOffset At, HandOverSigned Signed, string Witness, HandOverState State, DateTimeOffset? EndedAt, string? EndedBy, HandOverEnd? Why,
    string? Reason, IReadOnlyList<(DateTimeOffset At, HandOverRefused Said)> Refusals)
{
    /// <summary>The witness does not sign; finance has yet to decide what happens.</summary>
    public bool Refused => Open && Refusals.Any(refusal => refusal.Said.Witness == Witness);

    public bool Open => State is HandOverState.Signed or HandOverState.Held;

    /// <returns>In the order in which they were signed for.</returns>
    public static IReadOnlyList<HandOverFile> Of(IEnumerable<Recorded> events)
    {
        var files = new List<HandOverFile>();
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case HandOverSigned e:
                    files.Add(new HandOverFile(recorded.Number, recorded.At, e, e.Witness, HandOverState.Signed, null, null, null, null, []));
                    break;
                case HandOverHeld e:
                    Change(files.FindLastIndex(file => file.Signed.Entitlement == e.Entitlement), file => file with { State = HandOverState.Held });
                    break;
                case HandOverWitnessed e:
                    Change(files.FindIndex(file => file.Number == e.HandOver), file => file with
                    {
                        State = HandOverState.Witnessed, EndedAt = recorded.At, EndedBy = e.Witness,
                    });
                    break;
                case HandOverRefused e:
                    Change(files.FindIndex(file => file.Number == e.HandOver), file => file with { Refusals = [.. file.Refusals, (recorded.At, e)] });
                    break;
                case HandOverWitnessNamed e:
                    Change(files.FindIndex(file => file.Number == e.HandOver), file => file with { Witness = e.Witness });
                    break;
                case HandOverDropped e:
                    Change(files.FindIndex(file => file.Number == e.HandOver), file => file with
                    {
                        State = HandOverState.Dropped, EndedAt = recorded.At, EndedBy = e.Staff, Why = e.Why, Reason = e.Reason,
                    });
                    break;
            }
        }
        return files;

        void Change(int index, Func<HandOverFile, HandOverFile> change) => files[index] = change(files[index]);
    }
}
