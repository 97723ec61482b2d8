using System.Text;
using Subsidy.Core.Applications;
using Subsidy.Core.Funds;
using Subsidy.Core.Schemes;
using Subsidy.Core.Tests.Applications;
using Subsidy.Core.Tests.Schemes;

namespace Subsidy.Core.Tests.Properties;

/// <summary>A head is one property of one table row: 64 KiB. The worst that people can do to it stays below.</summary>
public class HeadTests
{
    private const int Limit = 64 * 1024;

    private static Scheme Monthly(int? offset = null) =>
        SampleSchemes.Of(SampleSchemes.Review("township", Gate.Township, SampleSchemes.OfficeSeat), SampleSchemes.Pay()).Paying("60001", Schedule.Monthly, offset: offset);

    private static Case Approved(Scheme scheme)
    {
        var c = new Case(scheme).Accepted();
        c.Vote("office1");
        return c;
    }

    private static void Next(Case c)
    {
        c.Now = c.A.Recurring!.Next;
        c.When(new TimePassed());
    }

    private static int SizeOf(Case c) => Encoding.UTF8.GetByteCount(Stored.Text(c.A with { Indexed = RowsOf(c.A.Persons) }));

    /// <summary>What the head remembers of the rows by which storage finds each person's payments.</summary>
    private static Dictionary<string, string> RowsOf(IReadOnlyList<PersonKey> persons) => persons.ToDictionary(person => $"person|{person}|{Case.Id}", _ => new string('0', 12));

    /// <summary>The largest household, in a village, with every answer as long as the form lets it be; nothing has been sent yet.</summary>
    private static Case Largest()
    {
        var form = Applicants.Housing();
        var answers = (System.Text.Json.Nodes.JsonObject)form.Answers.DeepClone();
        foreach (var (name, _) in form.Answers.Where(answer => answer.Value!.GetValueKind() is System.Text.Json.JsonValueKind.String && answer.Key.StartsWith("boundary", StringComparison.Ordinal)))
            answers[name] = new string('界', 40);
        var members = Enumerable.Range(0, 30).Select(n => new HouseholdMember("赵六妹", WithCheck($"36990019861111{n:000}"), "妻子")).ToList();
        var scheme = Repository.Scheme("housing-permit");
        var c = new Case(scheme) { Township = Repository.Township.Register! };
        var persons = members.Select(member => Repository.KeyOf(member.IdNumber + new string('f', 40))).Prepend(Repository.KeyOf(new string('a', 60))).ToList();
        c.When(new Submit(
            Case.Id, "nanqiao", "zh", "print", form with { Household = members, Answers = answers }, persons,
            [.. scheme.Documents.Select(document => Case.Paper(document.Kind))]));
        c.Claim();
        return c;
    }

    private static string WithCheck(string first17)
    {
        var sum = first17.Select((digit, i) => (digit - '0') * (1 << (17 - i)) % 11).Sum();
        return first17 + "10X98765432"[sum % 11];
    }

    [Fact]
    public void A_head_with_as_many_objections_as_are_taken_and_no_mail_sent_for_a_year_stays_small_enough()
    {
        var walk = Largest();
        foreach (var staff in new[] { "deng-laosan", "wu-meiying" })
        {
            walk.When(walk.Ballot(
                staff, measurements: staff == "deng-laosan" ? Setting.Shipped[3].Measurements["groupMeeting"] : null,
                photos: [new Paper("f", "photo", "00", 1, "image/jpeg")], checklist: ["minutes", "concerned"]));
        }
        for (var i = 0; i < 20; i++)
        {
            walk.When(new RaiseObjection($"{i:00}-0123456789abcdef0123456789abcdef", "李四", "13900000000", "so"));
            walk.When(new RaiseObjection($"{i + 50:00}-0123456789abcdef0123456789abcdef", null, null, "so"));
        }
        for (var i = 0; i < 50; i++)
            walk.PassNextDeadline();

        Assert.Equal(20, walk.A.Assignments.Count);
        Assert.InRange(SizeOf(walk), 30_000, Limit);
    }

    /// <summary>
    /// Every month is granted and paid; every second month it is looked at again, every fourth some of it is asked back and kept back from
    /// the next ones or repaid, and twice a year the account goes over to somebody else.
    /// </summary>
    [Fact]
    public void A_head_of_ten_years_of_months_is_no_larger_than_one_of_two()
    {
        var c = Approved(Monthly(offset: 50).Rechecked(2));
        var sizes = new List<int>();
        for (var month = 1; month <= 120; month++)
        {
            Next(c);
            if (c.A.Rechecking)
                c.Vote("office1");
            var now = c.A.Entitlement!;
            for (var state = PositionState.Reserved; state <= PositionState.Paid; state++)
                Hear(c, now, state);
            if (month % 4 == 0)
            {
                c.When(new ClaimBack("prepares1", now.Id, now.Amount, "worked all the while"));
                var recovery = c.A.Recoveries[^1];
                c.When(new RecordRepayment("prepares1", recovery.Id, new Money(10_000), "voucher 1"));
                c.When(new AgreeInstalments("prepares1", recovery.Id, [new Instalment(DateOnly.FromDateTime(c.Now.Date.AddDays(1)), recovery.Outstanding - new Money(10_000))]));
            }
            if (month % 6 == 0)
            {
                c.When(new CorrectPayee(new Payee($"李{month}", "8807654321", "农商行")));
                c.Vote("office2");
            }
            c.Settle();
            if (month % 12 == 0)
                sizes.Add(SizeOf(c));
        }

        Assert.Equal(120, PaymentList.Of(c.Stream).Count(payment => payment.State is EntitlementState.Paid));
        Assert.Equal(30, RecoveryList.Of(c.Stream).Count);
        Assert.InRange(sizes[^1], 1, sizes[1] + 100); // Numbers have another digit.
    }

    /// <summary>What is asked back is in the head until it has come back, however long ago it was paid.</summary>
    [Fact]
    public void A_head_of_ten_years_of_months_that_are_all_asked_back_stays_small_enough()
    {
        var c = Approved(Monthly());
        for (var month = 1; month <= 120; month++)
        {
            Next(c);
            Hear(c, c.A.Entitlement!, PositionState.Paid);
            c.Settle();
        }
        c.When(new Revoke("leader1", "invented"));
        var largest = SizeOf(c);
        while (c.A.Duties.OfType<AskBack>().FirstOrDefault() is { } next)
        {
            c.When(new Report([new DutySucceeded(next.Id)]));
            largest = Math.Max(largest, SizeOf(c));
            c.When(new Report([.. c.A.Duties.OfType<PostRecovery>().Select(duty => new DutySucceeded(duty.Id))]));
        }

        Assert.Equal(120, c.A.Recoveries.Count);
        Assert.InRange(largest, 20_000, Limit);
    }

    /// <summary>What is owed is not forgotten.</summary>
    [Fact]
    public void A_head_of_ten_years_of_months_that_nobody_has_money_for_stays_small_enough()
    {
        var c = Approved(Monthly());
        for (var month = 1; month <= 120; month++)
        {
            Next(c);
            Hear(c, c.A.Entitlement!, PositionState.Waiting);
        }

        Assert.Equal(120, c.A.Entitlements.Count);
        Assert.InRange(SizeOf(c), 20_000, Limit);
    }

    private static void Hear(Case c, Entitlement known, PositionState state) => c.When(new HearFunds(new FundReport(
        known.Id, new FundKey("relief", known.Books), state, known.Amount, "run-1", 1, null, known.Number, 1 + (int)state)));

    [Fact]
    public void A_head_that_keeps_the_longest_reasons_of_seven_offices_stays_small_enough()
    {
        var seats = Enumerable.Range(0, 7).Select(n => new Seat($"office{n}", Area.Township)).ToArray();
        var c = new Case(SampleSchemes.Of(SampleSchemes.Review("joint", Gate.Township, seats)))
        {
            Township = SampleTownship.Register with
            {
                Staff = [.. SampleTownship.Register.Staff, .. seats.Select(seat => SampleTownship.Person($"of-{seat.Role}", seat.Role, seat.Area))],
            },
        }.Accepted();
        foreach (var seat in seats.SkipLast(1))
            c.When(c.Ballot($"of-{seat.Role}", Decision.Reject, new string('由', 2000)));

        Assert.InRange(SizeOf(c), 30_000, Limit);
        Assert.Equal("/comment", c.Refused(c.Ballot("of-office6", Decision.Reject, new string('由', 2001))).Faults.Single().Pointer);
    }
}
