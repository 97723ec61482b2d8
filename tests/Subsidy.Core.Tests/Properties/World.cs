using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Properties;

/// <summary>One application among careless, hostile and forgetful people, with a ledger that watches every command.</summary>
internal sealed class World
{
    private readonly Ledger _ledger = new();

    public World(Setting setting)
    {
        Setting = setting;
        Cashier = new Cashier(this);
        Township = setting.Township;
        foreach (var register in setting.Scheme.Registers)
            Registers[register] = true;
    }

    public Setting Setting { get; }
    public Cashier Cashier { get; }
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    public TownshipRegister Township { get; set; }
    public WorkingCalendar Calendar { get; set; } = WorkingCalendar.From([]);
    public Dictionary<string, bool> Registers { get; } = [];
    public Application? Application { get; private set; }
    public Application A => Application!;
    public List<Recorded> Stream { get; } = [];

    /// <summary>Every command so far, to be tried again.</summary>
    public List<Command> Past { get; } = [];

    /// <summary>Claims that stand in the claims table.</summary>
    public HashSet<string> Held { get; } = [];

    /// <summary>What stands on the public list.</summary>
    private readonly Dictionary<(string Entitlement, DateTimeOffset PaidAt), PublicPayment> _listed = [];

    public Circumstances Circumstances => new(Now, Setting.Scheme, Township, Calendar, new Dictionary<string, bool>(Registers));

    public Decided Do(Command command)
    {
        Past.Add(command);
        var before = Application;
        var circumstances = EarlierPayments.AreAskedFor(before, command) ? Circumstances with { Earlier = EarlierPayments.Of(Case.Id, Stream) } : Circumstances;
        var decided = Decider.Decide(before, command, circumstances);
        _ledger.Check(before, command, circumstances, decided, Decider.Decide(before, command, circumstances));
        Stream.AddRange(decided.Events);
        // As in storage: the head is written and read between any two commands.
        Application = decided.Application is null ? null : Stored.Again(decided.Application);
        return decided;
    }

    /// <summary>Carries out what is due, in its order, and reports it unless it is to be forgotten.</summary>
    /// <param name="dies">Whether whoever did it dies before they can say so.</param>
    public void Perform(Func<Duty, DutyOutcome?> outcome, Func<bool>? dies = null)
    {
        var outcomes = new List<DutyOutcome>();
        var listing = true;
        try
        {
            foreach (var duty in A.Duties)
                Perform(duty);
        }
        catch (Exception failure) when (failure is IOException or BusyException)
        {
            // What was done before is reported; this, and what comes behind it, is done again.
        }
        Do(new Report(outcomes));

        void Perform(Duty duty)
        {
            if (duty is PublishPayment or RetractPayment && !listing)
                return; // In their order, until one fails or cannot be reported.
            if (outcome(duty) is not { } became)
            {
                listing &= duty is not (PublishPayment or RetractPayment);
                if (dies?.Invoke() is true)
                {
                    Cashier.Perform(duty);
                    List(duty);
                }
                return;
            }
            List(duty);
            if (became is DutySucceeded && Cashier.Perform(duty) is { } reported)
                became = reported;
            if (duty is TakeClaims take && became is DutySucceeded)
                Held.UnionWith(take.Claims.Select(claim => claim.Key));
            if (duty is ReleaseClaims release)
                Held.ExceptWith(release.Claims.Select(claim => claim.Key));
            outcomes.Add(became);
        }
    }

    private void List(Duty duty)
    {
        switch (duty)
        {
            case PublishPayment publish:
                _listed[(publish.Payment.Entitlement, publish.Payment.PaidAt)] = publish.Payment;
                break;
            case RetractPayment retract:
                _listed.Remove((retract.Entitlement, retract.PaidAt ?? Stream.Last(recorded =>
                    recorded.Number < retract.Number && recorded.Event is Paid paid && paid.Entitlement == retract.Entitlement).At));
                break;
        }
    }

    public void PerformAll() => Perform(Succeed);

    public static DutyOutcome Succeed(Duty duty) => duty switch
    {
        NumberPermits order => new PermitsNumbered(duty.Id, [.. order.Certificates.Select(c => new NumberedPermit(c.Kind, $"{c.Prefix}-{order.Step}"))]),
        UpdateIndexes => new IndexesUpdated(duty.Id, new Dictionary<string, string> { ["row"] = duty.Id }),
        _ => new DutySucceeded(duty.Id, "msg"),
    };

    public void Finish()
    {
        Cashier.Check();
        Cashier.Agree();
        Ledger.CheckWhole(Setting.Scheme, Stream, A);
        if (!A.Duties.Any(duty => duty is PublishPayment or RetractPayment))
        {
            Assert.Equal(
                PaymentList.Of(Stream).Where(payment => payment.State is EntitlementState.Paid)
                    .Select(payment => new PublicPayment(payment.Entitlement, payment.Period, payment.Amount, payment.Since, payment.PayeeAt))
                    .OrderBy(payment => payment.Entitlement, StringComparer.Ordinal),
                _listed.Values.OrderBy(payment => payment.Entitlement, StringComparer.Ordinal));
            Assert.All(_listed.Values, payment => Assert.Contains(Stream, recorded =>
                recorded.Number == payment.PayeeAt && recorded.Event is Submitted or Amended or PayeeCorrected or PayeeProposed));
        }
        if (!A.Duties.OfType<AskBack>().Any())
            AskedBack();
        GivenUp();
        if (A.Duties.All(duty => duty is not (TakeClaims or ReleaseClaims)))
            Assert.Equal(A.ClaimsHeld ? A.Claims.Select(claim => claim.Key).Order() : [], Held.Order());
    }

    /// <summary>All that stands paid and was not owed, however long ago it was paid, is asked back whole, and never more of it.</summary>
    private void AskedBack()
    {
        var revoked = Stream.Any(recorded => recorded.Event is Revoked);
        var final = A.Stopped is { AppealUntil: null };
        var asked = RecoveryList.Of(Stream).ToLookup(recovery => recovery.Entitlement, recovery => recovery.Amount);
        foreach (var paid in PaymentList.Of(Stream).Where(payment => payment.State is EntitlementState.Paid))
        {
            Assert.All(asked[paid.Entitlement], amount => Assert.True(amount <= paid.Amount));
            if (A.Final && Setting.Scheme.Amount!.Schedule is Schedule.Once)
                Assert.True(paid.Amount - A.Amount!.Value <= new Money(asked[paid.Entitlement].Sum(amount => amount.Fen)), "More was paid than was granted, and is not asked back.");
            // Paid back by hand while the bank sent it back, it was paid once more: there is a claim for each attempt.
            if (revoked || (final && IsLater(paid.Period, A.Stopped!.Last)))
                Assert.True(asked[paid.Entitlement].Sum(amount => amount.Fen) >= paid.Amount.Fen, $"{paid.Entitlement} was not owed, and is not asked back whole.");
        }
    }

    /// <summary>Nobody's money is given up without a reason: the application has ended so, payments stopped before it, or it was asked back.</summary>
    private void GivenUp()
    {
        var ended = Stream.Any(recorded => recorded.Event is Withdrawn or Lapsed or Rejected or Revoked or DuplicateFound);
        var askedBack = Stream.Select(recorded => recorded.Event).OfType<RecoveryOpened>().Select(recovery => recovery.Entitlement).ToHashSet();
        foreach (var given in PaymentList.Of(Stream).Where(payment => payment.State is EntitlementState.Cancelled))
        {
            Assert.True(
                ended || askedBack.Contains(given.Entitlement) || (A.Stopped is { } stopped && IsLater(given.Period, stopped.Last)),
                $"{given.Entitlement} was given up, and nothing says why.");
        }
    }

    private bool IsLater(string period, string last)
    {
        var schedule = Setting.Scheme.Amount!.Schedule;
        return Period.Parse(schedule, period)!.Value.Start > Period.Parse(schedule, last)!.Value.Start;
    }
}
