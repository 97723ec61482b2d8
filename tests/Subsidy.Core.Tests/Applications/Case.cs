using System.Text.Json.Nodes;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Applications;

/// <summary>Given events, when command, then events: one application in the hands of a test.</summary>
internal sealed class Case(Scheme scheme)
{
    public const string Id = "k7qm3wxtpb9c";
    public static readonly PersonKey ApplicantKey = new("key-of-applicant");

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)); // a Monday
    public TownshipRegister Township { get; set; } = SampleTownship.Register;
    public WorkingCalendar Calendar { get; set; } = WorkingCalendar.From([]);
    public Dictionary<string, bool> Registers { get; } = [];
    public Application? Application { get; private set; }
    public List<Recorded> Stream { get; } = [];

    public Application A => Application!;

    public static Form Form { get; } = FormWith([]);

    public static Form FormWith(JsonObject answers) => new(
        new Applicant(ApplicantKind.Person, "张三丰", "110101199003078734", "13800000000", "zhang@example.org"), [], new Payee("张三丰", "8801234567", "农商行"), answers);

    public static AddPaper Paper(string kind = "proof") => new(new Paper($"{kind}-1", kind, "abc", 10, "application/pdf"), "scan.pdf");

    /// <summary>The command must be taken. Returns what it appended.</summary>
    public IReadOnlyList<Event> When(Command command)
    {
        var decided = Decide(command);
        Assert.True(decided.Refusal is null, decided.Refusal?.Faults[0].Message.En);
        Application = decided.Application;
        Stream.AddRange(decided.Events);
        return [.. decided.Events.Select(recorded => recorded.Event)];
    }

    /// <summary>The command must be refused; nothing changes.</summary>
    public Refusal Refused(Command command)
    {
        var decided = Decide(command);
        Assert.NotNull(decided.Refusal);
        Assert.Empty(decided.Events);
        return decided.Refusal;
    }

    public Decided Decide(Command command) =>
        Decider.Decide(Application, command, new Circumstances(Now, scheme, Township, Calendar, Registers)
        {
            Earlier = EarlierPayments.AreAskedFor(Application, command) ? EarlierPayments.Of(Id, Stream) : EarlierPayments.None,
        });

    public static Submit Submission(Form? form = null, params PersonKey[] persons) =>
        new(Id, SampleTownship.Village, "zh", "print", form ?? Form, persons.Length == 0 ? [ApplicantKey] : persons, []);

    /// <summary>Submitted, claims taken: the first step is open.</summary>
    public Case Accepted(params PersonKey[] persons) => Accepted(null, persons);

    public Case Accepted(JsonObject answers) => Accepted(FormWith(answers));

    private Case Accepted(Form? form, params PersonKey[] persons)
    {
        When(Submission(form, persons));
        Claim();
        return this;
    }

    public IReadOnlyList<Event> Claim() => When(new Report([new DutySucceeded(A.Duties.OfType<TakeClaims>().Single().Id)]));

    public CastVote Ballot(
        string staff, Decision decision = Decision.Approve, string? comment = null, string? assignment = null,
        JsonObject? measurements = null, IReadOnlyList<Missing>? missing = null, string? delegateTo = null, IReadOnlyList<Paper>? photos = null,
        IReadOnlyList<string>? checklist = null)
    {
        var open = assignment is null
            ? A.Assignments.First(x => x.SeatOf(staff) is not null)
            : A.Assignments.First(x => x.Key == assignment);
        var link = open.SeatOf(staff)?.Candidates.First(c => c.Staff == staff).Link ?? open.Number;
        return new CastVote(
            staff, open.Key, open.Round, link, A.Version, decision, comment ?? (decision is Decision.Approve ? null : "because"),
            missing ?? (decision is Decision.Return ? [new Missing("/papers/proof", "the proof")] : []),
            checklist ?? [], measurements, photos ?? [], delegateTo);
    }

    public IReadOnlyList<Event> Vote(string staff, Decision decision = Decision.Approve) => When(Ballot(staff, decision));

    public IReadOnlyList<Event> Amend(Form? form = null, params PersonKey[] persons) =>
        When(new Amend(form, persons.Length == 0 ? [ApplicantKey] : persons, [Paper()], null));

    /// <summary>Moves the clock on and lets pass what has fallen due.</summary>
    public IReadOnlyList<Event> PassDays(double days)
    {
        Now = Now.AddDays(days);
        return When(new TimePassed());
    }

    /// <summary>Moves the clock to the next deadline and lets it pass.</summary>
    public IReadOnlyList<Event> PassNextDeadline()
    {
        Now = Timing.NextDeadline(A) ?? throw new InvalidOperationException("Nothing is waited for.");
        return When(new TimePassed());
    }

    /// <summary>Lets deadlines pass until the event has happened.</summary>
    public void PassUntil<T>() where T : Event
    {
        for (var i = 0; i < 100; i++)
        {
            if (PassNextDeadline().OfType<T>().Any())
                return;
        }
        Assert.Fail($"{typeof(T).Name} never happened.");
    }

    /// <summary>Lets deadlines pass until a period is granted. Returns what that appended.</summary>
    public IReadOnlyList<Event> PassUntilGranted()
    {
        var before = Stream.Count;
        PassUntil<EntitlementGranted>();
        return [.. Stream.Skip(before).Select(recorded => recorded.Event)];
    }

    /// <summary>Every duty is done.</summary>
    public void Settle()
    {
        while (A.Duties.Count > 0)
        {
            When(new Report([.. A.Duties.Select(duty => (DutyOutcome)(duty switch
            {
                NumberPermits order => new PermitsNumbered(duty.Id, [.. order.Certificates.Select(c => new NumberedPermit(c.Kind, $"{c.Prefix}-1"))]),
                UpdateIndexes => new IndexesUpdated(duty.Id, new Dictionary<string, string>()),
                _ => new DutySucceeded(duty.Id),
            }))]));
        }
    }

    public IEnumerable<SendMail> Mails => A.Duties.OfType<SendMail>();
}
