using System.Globalization;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;

namespace Subsidy.Storage.Indexes;

/// <summary>Which index rows an application has: a pure function of its events, so that all of them can be made again.</summary>
internal static class IndexRows
{
    // How the keys of each kind begin.
    public const string Paid = "paid|";
    public const string Cases = "case|";
    public const string Notices = "notice|";
    public const string Alarms = "alarm|";

    public static string Work(string staff) => $"work|{staff}|";

    /// <param name="month">Of the payment, local: <c>2026-03</c>.</param>
    public static string Payments(string month, string village) => $"{Paid}{month}|{village}|";

    public static string MonthOf(DateTimeOffset at) => ChinaTime.DateOf(at).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string Permit(string number) => $"permit|{number}";

    /// <summary>A keyed hash: without the township's secret nobody can tell whose row it is, nor try numbers on it.</summary>
    public static string Person(PersonKey person) => $"person|{person}|";

    /// <summary>All of them.</summary>
    public static IEnumerable<IndexRow> Of(Application a, IEnumerable<Recorded> events) =>
    [
        .. Of(a),
        .. from payment in PaymentList.Of(events)
           where payment.State is EntitlementState.Paid
           select Payment(a, new PublicPayment(payment.Entitlement, payment.Period, payment.Amount, payment.Since, payment.PayeeAt)),
    ];

    /// <summary>A row of the public list. The head does not know of it: there is one more for every period.</summary>
    public static IndexRow Payment(Application a, PublicPayment payment) => Row(
        a,
        PaymentKey(a, payment.Entitlement, payment.PaidAt),
        ("Entitlement", payment.Entitlement),
        ("Period", payment.Period),
        ("Amount", payment.Amount.Fen),
        ("PaidAt", Time(payment.PaidAt)),
        ("PayeeAt", payment.PayeeAt));

    public static string PaymentKey(Application a, string entitlement, DateTimeOffset paidAt) =>
        $"{Payments(MonthOf(paidAt), a.Village)}{a.Id}|{entitlement}";

    public static PublicPayment PaymentOf(TableEntity row) => new(
        row.GetString("Entitlement"), row.GetString("Period"), new Money(row.GetInt64("Amount")!.Value), Time(row.GetString("PaidAt"))!.Value,
        row.GetInt32("PayeeAt")!.Value);

    /// <summary>Those that its head knows of, and keeps right with every change.</summary>
    public static IEnumerable<IndexRow> Of(Application a)
    {
        yield return Case(a);
        foreach (var assignment in a.Assignments)
        {
            foreach (var staff in assignment.Seats.Where(seat => seat.Open).SelectMany(seat => seat.Candidates).Select(c => c.Staff).Distinct())
                yield return Row(a, $"{Work(staff)}{a.Id}|{assignment.Key}");
            if (assignment.Blocked)
                yield return Alarm(a, AlarmKind.Blocked, assignment.Key, assignment.Opened);
        }
        if (a.SubmittedAt is not null)
        {
            foreach (var person in a.Persons.Distinct())
                yield return Row(a, Person(person) + a.Id);
        }
        if (a.Notice is { } notice)
            yield return Row(a, Notices + a.Id, ("Until", Time(notice.Until)));
        foreach (var permit in a.Permits)
        {
            yield return Row(
                a, Permit(permit.Number), ("Kind", permit.Kind), ("IssuedAt", Time(permit.IssuedAt)), ("Revoked", permit.Revoked ? 1 : 0));
        }
        foreach (var duty in a.Duties.Where(duty => duty.Stuck))
            yield return Alarm(a, AlarmKind.Stuck, duty.Id, duty.NotBefore ?? a.UpdatedAt);
        foreach (var duty in a.Bounces)
            yield return Alarm(a, AlarmKind.Bounced, duty, a.UpdatedAt);
    }

    /// <summary>The application as its rows tell of it once the people's key is destroyed: auditors still find it, a person's number leads nowhere.</summary>
    public static Application Erased(Application a) => a with { Persons = [] };

    /// <summary>Sorts the newest first.</summary>
    public static string NewestFirst(DateTimeOffset at) =>
        (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture) ?? "";

    public static DateTimeOffset? Time(string? text) =>
        string.IsNullOrEmpty(text) ? null : DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    private static IndexRow Case(Application a) => Row(
        a,
        $"{Cases}{NewestFirst(a.SubmittedAt ?? a.CreatedAt)}|{a.Id}",
        ("Scheme", a.Scheme.Id),
        ("SchemeVersion", a.Scheme.Version),
        ("SchemeHash", a.Scheme.Hash),
        ("Status", a.Status.ToString()),
        ("Village", a.Village),
        ("Step", a.Step ?? ""),
        ("CreatedAt", Time(a.CreatedAt)),
        ("SubmittedAt", Time(a.SubmittedAt)),
        ("DueAt", Time(DueAt(a))),
        ("Amount", a.Amount?.Fen ?? -1L));

    /// <summary>By when somebody, whoever it is, has to do something.</summary>
    private static DateTimeOffset? DueAt(Application a) =>
        a.Assignments.Select(assignment => (DateTimeOffset?)assignment.Due).Append(a.Return?.Due).Append(a.Notice?.Until).Append(a.Waiting?.Due).Min();

    private static IndexRow Alarm(Application a, AlarmKind kind, string what, DateTimeOffset at) =>
        Row(a, $"{Alarms}{a.Id}|{kind}|{what}", ("Kind", kind.ToString()), ("What", what), ("At", Time(at)));

    private static IndexRow Row(Application a, string key, params ReadOnlySpan<(string Name, object Value)> columns)
    {
        var all = new SortedDictionary<string, object>(StringComparer.Ordinal) { [IndexRow.Application] = a.Id };
        foreach (var (name, value) in columns)
            all[name] = value;
        return new IndexRow(key, all);
    }
}
