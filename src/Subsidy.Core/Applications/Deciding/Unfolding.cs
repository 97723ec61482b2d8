using System.Text.Json.Nodes;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Applications.Deciding;

/// <summary>A decision in the making: each event is folded at once, so that the next rule sees what has just happened.</summary>
internal sealed class Unfolding(string id, Application? application, Actor actor, Circumstances circumstances)
{
    private readonly List<Recorded> events = [];

    public IReadOnlyList<Recorded> Events => events;
    public Application? Now { get; private set; } = application;
    public DateTimeOffset At => circumstances.Now;
    public Scheme Scheme => circumstances.Scheme;
    public TownshipRegister Township => circumstances.Township;
    public WorkingCalendar Calendar => circumstances.Calendar;
    public IReadOnlyDictionary<string, bool> Registers => circumstances.Registers;
    public EarlierPayments Earlier => circumstances.Earlier;
    public DateOnly Today => ChinaTime.DateOf(At);

    /// <summary>The application; there must be one.</summary>
    public Application A => Now ?? throw new InvalidOperationException($"{id} does not exist.");

    /// <summary>
    /// Whether two ids stand for one person, who may stand in the register twice, or may have acted here under an id that it does not know
    /// any more.
    /// </summary>
    public bool IsSamePerson(string one, string other) => one == other || KeysOf(one).Intersect(KeysOf(other)).Any();

    private IEnumerable<PersonKey> KeysOf(string staff)
    {
        var known = A.Known.Where(x => x.Id == staff).Select(x => x.Person);
        return Township.Find(staff)?.Person is { } now ? known.Append(now) : known;
    }

    public void Emit(Event e)
    {
        var recorded = new Recorded((Now?.Version ?? 0) + 1, At, actor, e);
        Now = Evolver.Evolve(id, Now, recorded);
        events.Add(recorded);
    }

    public Deadline After(Term term) => Calendar.After(At, term);

    /// <summary>What expressions read at this moment.</summary>
    public JsonObject Scope(JsonObject? measured = null, Money? amount = null) =>
        Facts.Scope(A.Facts, measured ?? A.Measured, Registers, amount ?? A.Amount, A.SubmittedAt, A.Papers);

    /// <summary>
    /// A moment the term before a deadline, for reminders; half-way when the term is longer than the time there is.
    /// </summary>
    public DateTimeOffset Before(DateTimeOffset deadline, Term term)
    {
        var moment = term.Unit switch
        {
            TermUnit.Hours => deadline.AddHours(-term.Amount),
            TermUnit.Days => deadline.AddDays(-term.Amount),
            _ => WorkingDaysBefore(deadline, term.Amount),
        };
        return moment > At ? moment : At + ((deadline - At) / 2);
    }

    private DateTimeOffset WorkingDaysBefore(DateTimeOffset deadline, int days)
    {
        var moment = deadline;
        while (days > 0)
        {
            moment = moment.AddDays(-1);
            if (Calendar.IsWorkingDay(ChinaTime.DateOf(moment)))
                days--;
        }
        return moment;
    }
}
