using System.Text;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Properties;

/// <summary>
/// Keeps its own account of an application, from the events alone, and holds every command against the promises of DESIGN.md. It shares
/// nothing with the decider but the vocabulary.
/// </summary>
internal sealed class Ledger
{
    private const int HeadLimit = 64 * 1024;

    private readonly Dictionary<(string Assignment, int Round), Assigned> _asked = [];
    private readonly Dictionary<(string Assignment, int Round), List<(string Who, Voted Vote)>> _votes = [];
    private readonly Dictionary<string, HashSet<string>> _gates = [];
    private readonly Dictionary<string, DateTimeOffset> _dues = [];
    private readonly HashSet<string> _openObjections = [];
    private readonly HashSet<string> _passed = [];
    private readonly HashSet<string> _granted = [];
    private readonly Dictionary<string, Money> _amounts = [];
    private readonly HashSet<string> _intervened = [];
    private readonly Dictionary<(string Entitlement, int Attempt), string> _ordered = [];
    private readonly HashSet<string> _permits = [];
    private readonly Dictionary<string, (int Number, HandOverSigned Signed)> _handed = [];
    private readonly Dictionary<string, StaffMember> _payers = [];
    private readonly HashSet<(int HandOver, string Who)> _refused = [];
    private readonly HashSet<(int HandOver, string Witness)> _unwilling = [];
    private readonly Dictionary<string, Money> _owing = [];
    private readonly Dictionary<string, (string Person, Money Amount)> _proposed = [];
    private readonly HashSet<string> _backWhole = [];
    private readonly Dictionary<string, (string Recovery, Money Amount)> _kept = [];
    private (NoticePosted Notice, DateTimeOffset Until)? _posted;
    private LapseWarned? _warned;
    private HashSet<string> _owedBeforeTheStop = [];
    private PaymentsStopped? _stopped;
    private bool _dismissed;
    private bool _goesOn;

    public void Check(Application? before, Command command, Circumstances circumstances, Decided decided, Decided again)
    {
        Assert.Equal(Stored.Text(decided.Events), Stored.Text(again.Events));
        if (decided.Refusal is not null)
        {
            Assert.Empty(decided.Events);
            Assert.Same(before, decided.Application);
            Assert.All(decided.Refusal.Faults, fault => Assert.False(string.IsNullOrWhiteSpace(fault.Message.Zh) || string.IsNullOrWhiteSpace(fault.Message.En)));
            return;
        }

        var folded = before;
        foreach (var recorded in decided.Events)
        {
            Assert.Equal((folded?.Version ?? 0) + 1, recorded.Number);
            Assert.False(command is TimePassed && recorded.Event is Voted or HandOverWitnessed or HandOverRefused or HandOverWitnessNamed or HandOverDropped or Rejected or Revoked or Withdrawn or AppealResolved or ObjectionResolved
                or RecheckDecided or PaymentsResumed or AmountSet { From: not null },
                $"Time has decided: {recorded.Event}");
            Enter(folded, recorded, circumstances);
            var after = Evolver.Evolve(Case.Id, folded, recorded);
            Assert.True(recorded.Event is not StatementDrawn || SameButForTheNumber(folded!, after), "A look-up has changed the case.");
            folded = after;
        }
        Assert.Equal(Stored.Text(folded), Stored.Text(decided.Application));
        if (decided.Events.Any(recorded => recorded.Event is PaymentsResumed))
            Assert.Empty(_owedBeforeTheStop.Except(_granted));
        State(decided.Application!, command, circumstances);
    }

    private static bool SameButForTheNumber(Application before, Application after) =>
        Stored.Text(before with { Version = after.Version, UpdatedAt = after.UpdatedAt }) == Stored.Text(after);

    /// <summary>What must be true of the whole stream.</summary>
    public static void CheckWhole(Scheme scheme, IReadOnlyList<Recorded> stream, Application a)
    {
        Assert.Equal(Stored.Text(a), Stored.Text(Evolver.Fold(Case.Id, stream)));
        Assert.Equal(a.Version, Evolver.Fold(Case.Id, stream.Select(Stored.Erased)).Version);
        Assert.Equal(scheme.Pin, a.Scheme);
    }

    private void State(Application a, Command command, Circumstances circumstances)
    {
        Assert.True(Encoding.UTF8.GetByteCount(Stored.Text(a)) < HeadLimit, "The head has become too large.");
        Assert.Equal(a.Duties.Count, a.Duties.Select(duty => duty.Id).Distinct().Count());
        Assert.All(a.Recoveries, recovery => Assert.Equal(_owing[recovery.Id], recovery.Outstanding));
        if (command is TimePassed)
            Assert.False(Timing.Passed(a, circumstances.Now), "A deadline is left behind.");
        if (a.Final)
        {
            Assert.Null(Timing.NextDeadline(a));
            Assert.DoesNotContain(a.Entitlements, entitlement => entitlement.Owed);
            Assert.Empty(a.Assignments);
            Assert.DoesNotContain(a.Duties, duty => duty is NumberPermits or TakeClaims or SendMail { Assignment: not null });
        }
        else
        {
            Assert.True(Timing.NextDeadline(a) is not null || a.Duties.Any(duty => duty is TakeClaims or AskBack), $"{a.Status} at {a.Step} waits for nothing.");
        }
    }

    private void Enter(Application? before, Recorded recorded, Circumstances circumstances)
    {
        Assert.True(recorded.Event is not AmountSet || _amounts.Count == 0 || _goesOn || circumstances.Scheme.Amount!.Schedule is Schedule.Once, "The amount has changed by itself.");
        _goesOn = recorded.Event is RecheckDecided { GoesOn: true };
        switch (recorded.Event)
        {
            case AmountSet { From: { } from } e:
                Assert.Equal((before!.Amount, true), (e.Before, e.Amount > Money.Zero));
                Assert.DoesNotContain($"{Case.Id}-{from}", _amounts.Keys);
                break;
            case RecheckCalled { Staff: { } caller }:
                _intervened.Add(Who(caller, circumstances));
                break;
            case PaymentsStopped e:
                (_stopped, _dismissed, _owedBeforeTheStop) = (e, false, [.. _granted]);
                if (e.Staff is { } stopper)
                    _intervened.Add(Who(stopper, circumstances));
                Assert.True(e.AppealUntil is null || e.AppealUntil >= recorded.At.AddDays(60));
                break;
            case AppealResolved e:
                _dismissed = !e.Upheld;
                break;
            case StopFinal:
                Assert.True(_dismissed || _stopped!.AppealUntil <= recorded.At, "Final before its time.");
                break;
            case Assigned e:
                _asked.Add((e.Key, e.Round), e);
                _votes.Add((e.Key, e.Round), []);
                _dues[e.Key] = e.Due;
                Assert.True(e.RemindAt < e.Due);
                break;
            case DeadlineMoved e:
                Assert.True(e.Due > _dues[e.Assignment], "A deadline was moved earlier.");
                _dues[e.Assignment] = e.Due;
                break;
            case Voted e:
                Vote(before!, e, recorded.At, circumstances);
                break;
            case NoticePosted e:
                _posted = (e, e.Until);
                Assert.True(e.Until >= recorded.At.AddDays(e.Days));
                break;
            case NoticeResumed e:
                _posted = (_posted!.Value.Notice, e.Until);
                break;
            case Objected { Anonymous: false } e:
                _openObjections.Add(e.Objection);
                break;
            case ObjectionResolved e:
                Assert.True(_openObjections.Remove(e.Objection));
                break;
            case Rejected:
                _openObjections.Clear();
                break;
            case StepReopened e:
                Assert.True(_passed.Remove(e.Step));
                break;
            case StepPassed e:
                Pass(e, recorded.At, circumstances.Scheme);
                break;
            case LapseWarned e:
                Assert.True(_warned is null || e.Due >= _warned.Due);
                _warned = e;
                break;
            case Amended or Reopened:
                _warned = null;
                break;
            case Lapsed when before!.Status is not Status.Draft:
                Assert.True(_warned is not null && _warned.Due <= recorded.At, "Lapsed without a warning that had its time.");
                _warned = null;
                break;
            case EntitlementGranted e:
                Grant(before!, e, circumstances.Scheme);
                Reached(before!, e.Step, circumstances);
                break;
            case RecoveryOpened e:
                Assert.False(e.Staff is null && before!.Stopped is { AppealUntil: not null }, "Asked back before the stop was final.");
                _owing[e.Recovery] = e.Amount;
                break;
            case RecoveryRaised e:
                Assert.False(e.Staff is null && before!.Stopped is { AppealUntil: not null }, "Asked back before the stop was final.");
                _owing[e.Recovery] += e.Amount;
                break;
            case RecoveryDropped e:
                _owing.Remove(e.Recovery);
                break;
            case RecoveryRepaid e:
                Assert.True((_owing[e.Recovery] -= e.Amount) >= Money.Zero, "More came back than was asked back.");
                break;
            case WriteOffProposed e:
                _proposed[e.Recovery] = (Who(e.Staff, circumstances), e.Amount);
                break;
            case WriteOffDecided { Accepted: true } e:
                Assert.NotEqual(_proposed[e.Recovery].Person, Who(e.Staff, circumstances));
                Assert.True(e.Amount <= _proposed[e.Recovery].Amount, "More was written off than was proposed.");
                Assert.True((_owing[e.Recovery] -= e.Amount) >= Money.Zero, "More was written off than was asked back.");
                break;
            case RecoveryOffset e:
                Assert.True(_granted.Contains(e.Entitlement) && _kept.TryAdd(e.Entitlement, (e.Recovery, e.Amount)), "Kept back twice, or of nothing.");
                Assert.True((_owing[e.Recovery] -= e.Amount) >= Money.Zero, "More was kept back than was asked back.");
                break;
            case RecoveryOffsetUndone e:
                Assert.True(_kept.Remove(e.Entitlement, out var kept) && kept == (e.Recovery, e.Amount), "Undone what was not kept back.");
                _owing[e.Recovery] += e.Amount;
                break;
            case FundsReleased e when _kept.TryGetValue(e.Entitlement, out var left) && !_owing.ContainsKey(left.Recovery):
                _kept.Remove(e.Entitlement); // The bank has made the claim void.
                break;
            case EntitlementCancelled e:
                Assert.True(_granted.Remove(e.Entitlement), "Cancelled what was not granted.");
                if (before!.Recoveries.Any(recovery => recovery.Entitlement == e.Entitlement)) // Claimed back, and returned by the bank.
                    _owedBeforeTheStop.Remove(e.Entitlement);
                break;
            case PaymentOrdered e:
                Assert.True(_ordered.TryAdd((e.Entitlement, e.Attempt), e.Run) || _ordered[(e.Entitlement, e.Attempt)] == e.Run, "The bank cannot tell two payments apart.");
                break;
            case Paid e: // It may have been given up too late.
                _granted.Add(e.Entitlement);
                break;
            case PaymentReturned e: // Owed again, unless all of it was asked back and nothing has come.
                _granted.Add(e.Entitlement);
                if (before!.Recoveries.Any(recovery => recovery.Entitlement == e.Entitlement && recovery.Amount == e.Amount && recovery.Outstanding == e.Amount))
                    _backWhole.Add(e.Entitlement);
                break;
            case PaymentRetried e:
                Assert.DoesNotContain(e.Entitlement, _backWhole);
                break;
            case HandOverSigned e:
                Sign(before!, e, circumstances);
                break;
            case HandOverWitnessed e:
                Assert.Equal((e.HandOver, e.Witness), (_handed[e.Entitlement].Number, _handed[e.Entitlement].Signed.Witness));
                Assert.Equal((ActorKind.Staff, e.Witness), (recorded.Actor.Kind, recorded.Actor.Id));
                Assert.DoesNotContain((e.HandOver, Who(e.Witness, circumstances)), _refused);
                Assert.True(_handed.Remove(e.Entitlement), "Witnessed what nobody has signed for.");
                break;
            case HandOverRefused e:
                Assert.Equal((e.HandOver, e.Witness), (_handed[e.Entitlement].Number, _handed[e.Entitlement].Signed.Witness));
                Assert.Equal((ActorKind.Staff, e.Witness), (recorded.Actor.Kind, recorded.Actor.Id));
                Assert.True(_refused.Add((e.HandOver, Who(e.Witness, circumstances))), "Refused twice.");
                _unwilling.Add((e.HandOver, e.Witness));
                break;
            case HandOverWitnessNamed e:
                var (number, handed) = _handed[e.Entitlement];
                Assert.DoesNotContain((number, Who(e.Witness, circumstances)), _refused);
                Assert.False(_unwilling.Contains((number, handed.Witness)) && Who(e.Staff, circumstances) == Who(_payers[e.Entitlement]), "The payer has sought another witness.");
                _handed[e.Entitlement] = (number, handed with { Witness = e.Witness });
                Near(before!, _payers[e.Entitlement], circumstances.Township.Find(e.Witness)!);
                break;
            case HandOverDropped e:
                Assert.True(_handed.Remove(e.Entitlement), "Dropped what nobody has signed for.");
                break;
            case IssueOrdered e:
                Reached(before!, e.Step, circumstances);
                break;
            case PermitsIssued e:
                Assert.All(e.Permits, permit => Assert.True(_permits.Add(permit.Number), "A number was issued twice."));
                Assert.False(before!.Final, "A permit was issued after the end.");
                break;
        }
    }

    /// <summary>A period that is granted again is worth what it was; only a new one has the amount of today, and none is granted while somebody looks again.</summary>
    private void Grant(Application before, EntitlementGranted e, Scheme scheme)
    {
        Assert.True(_granted.Add(e.Entitlement), "Granted twice.");
        _backWhole.Remove(e.Entitlement);
        Assert.True(e.Amount.Fen > 0);
        var kept = e.Kept?.Amount ?? Money.Zero;
        var gross = e.Amount + kept;
        Assert.True(100 * kept.Fen <= (scheme.Amount!.Offset ?? 0) * gross.Fen, "Too much was kept back.");
        if (scheme.Amount.Schedule is not Schedule.Once && _amounts.TryGetValue(e.Entitlement, out var earlier))
        {
            Assert.Equal(earlier, gross);
            return;
        }
        Assert.Equal(before.Amount, gross);
        if (scheme.Amount.Recheck is { } recheck)
        {
            Assert.False(before.Rechecking, "Granted while somebody looks again.");
            var asked = _amounts.Count - (_amounts.Count % recheck.Every);
            Assert.True(asked == 0 || _asked.ContainsKey(($"recheck-{asked}", 1)), $"Nobody has looked after {asked} periods.");
        }
        _amounts[e.Entitlement] = gross;
    }

    private void Sign(Application before, HandOverSigned e, Circumstances circumstances)
    {
        Assert.True(_handed.TryAdd(e.Entitlement, (before.Version + 1, e)), "Handed over twice.");
        Assert.NotEmpty(e.Photos);
        var payer = _payers[e.Entitlement] = circumstances.Township.Find(e.Payer)!;
        Assert.True(payer.Holds(Roles.FinancePreparer) || payer.Holds(Roles.FinanceApprover));
        Near(before, payer, circumstances.Township.Find(e.Witness)!);
    }

    /// <summary>Two people, and neither is near to the applicant.</summary>
    private static void Near(Application before, StaffMember payer, StaffMember witness)
    {
        Assert.NotEqual(payer.Person, witness.Person);
        foreach (var person in new[] { payer, witness })
            Assert.DoesNotContain(before.Persons, key => key == person.Person || person.Relatives.Contains(key));
    }

    private void Vote(Application before, Voted e, DateTimeOffset at, Circumstances circumstances)
    {
        var asked = _asked[(e.Assignment, e.Round)];
        var votes = _votes[(e.Assignment, e.Round)];
        var who = Who(e.Staff, circumstances);
        Assert.DoesNotContain(votes, other => other.Who == who || other.Vote.Seat == e.Seat);
        votes.Add((who, e));

        var gates = _gates.TryGetValue(who, out var found) ? found : _gates[who] = [];
        gates.Add(asked.Kind switch
        {
            AssignmentKind.Step or AssignmentKind.Recheck => $"{asked.Gate}",
            AssignmentKind.Objection => "objections",
            AssignmentKind.Payee => "payees",
            _ => asked.Key,
        });
        Assert.True(gates.Count == 1, $"{e.Staff} has acted in {string.Join(" and ", gates)}.");
        Assert.False(asked.Kind is AssignmentKind.Appeal && _intervened.Contains(who), $"{e.Staff} decides an appeal against their own doing.");

        var person = circumstances.Township.Find(e.Staff)!;
        Assert.DoesNotContain(before.Persons, key => key == person.Person || person.Relatives.Contains(key));
        var seat = asked.Seats[e.Seat].Seat;
        Assert.True(person.Fills(seat, before.Village) || person.Holds(Roles.Substitute), $"{e.Staff} holds no {seat.Role}.");
        Assert.True(e.Decision is Decision.Approve or Decision.Return or Decision.Reject);
        Assert.True(e.Decision is not Decision.Reject || e.Comment is not null, "Rejected without a reason.");
        Assert.Equal(circumstances.Now, at);
    }

    /// <summary>The same person by whichever id the register knows them.</summary>
    private static string Who(string staff, Circumstances circumstances) => circumstances.Township.Find(staff) is { } person ? Who(person) : staff;

    private static string Who(StaffMember person) => person.Person?.ToString() ?? person.Id;

    private void Pass(StepPassed e, DateTimeOffset at, Scheme scheme)
    {
        Assert.True(_passed.Add(e.Step), $"{e.Step} passed twice.");
        switch (scheme.StepOf(e.Step))
        {
            case DecisionStep step:
                Assert.True(_votes[(e.Step, e.Round)].Count(cast => cast.Vote.Decision is Decision.Approve) >= step.Need, $"{e.Step} passed without its votes.");
                break;
            case NoticeStep:
                Assert.Equal(e.Step, _posted!.Value.Notice.Step);
                Assert.True(_posted.Value.Until <= at, "A notice ended before its time.");
                Assert.Empty(_openObjections);
                break;
        }
    }

    /// <summary>Every step that the route places before this one has passed, or does not apply.</summary>
    private void Reached(Application before, string key, Circumstances circumstances)
    {
        var scope = Facts.Scope(before.Facts, before.Measured, circumstances.Registers, before.Amount, before.SubmittedAt, before.Papers);
        foreach (var step in circumstances.Scheme.Route.TakeWhile(step => step.Key != key).Where(step => !_passed.Contains(step.Key)))
            Assert.False(step is not PayStep && (step.When?.Holds(scope) ?? true), $"{key} was reached without {step.Key}.");
    }
}
