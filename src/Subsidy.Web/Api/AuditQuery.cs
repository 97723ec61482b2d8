using System.Globalization;
using System.Text.Json;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Storage.Indexes;

namespace Subsidy.Web.Api;

/// <summary>The query of an auditor's search.</summary>
internal static class AuditQuery
{
    private static readonly Dictionary<string, Status> Statuses =
        Enum.GetValues<Status>().ToDictionary(status => JsonNamingPolicy.CamelCase.ConvertName(status.ToString()));

    /// <param name="faults">By the name of the parameter, as a pointer.</param>
    public static ApplicationQuery Read(
        string? scheme, string? status, string? village, string? from, string? to, string? after, List<Fault> faults)
    {
        Status? wanted = null;
        if (!string.IsNullOrEmpty(status))
        {
            if (Statuses.TryGetValue(status, out var known))
                wanted = known;
            else
                faults.Add(new Fault("/status", new Text($"应当是其中之一：{string.Join(", ", Statuses.Keys)}。", $"This must be one of: {string.Join(", ", Statuses.Keys)}.")));
        }
        return new ApplicationQuery(
            Given(scheme), wanted, Given(village), Moment("/from", from, ChinaTime.StartOf, faults), Moment("/to", to, ChinaTime.EndOf, faults), Given(after));
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static DateTimeOffset? Moment(string pointer, string? text, Func<DateOnly, DateTimeOffset> ofDay, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return ofDay(day);
        if (text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        faults.Add(new Fault(pointer, new Text("应当是日期，例如 2026-03-02。", "This must be a date, such as 2026-03-02.")));
        return null;
    }
}

/// <param name="Next">Value of <c>after</c> for the next page; null when this is the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditRow> Applications, string? Next);

/// <param name="Amount">Fen.</param>
internal sealed record AuditRow(
    string Id, string Reference, string Scheme, int SchemeVersion, Status Status, string? Step, string Village, DateTimeOffset CreatedAt,
    DateTimeOffset? SubmittedAt, DateTimeOffset? DueAt, long? Amount)
{
    public static AuditRow Of(FoundApplication found) => new(
        found.Id, found.Reference, found.Scheme.Id, found.Scheme.Version, found.Status, found.Step, found.Village, found.CreatedAt, found.SubmittedAt,
        found.DueAt, found.Amount?.Fen);
}
