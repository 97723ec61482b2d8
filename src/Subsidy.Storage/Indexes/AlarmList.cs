using Subsidy.Core.Applications;

namespace Subsidy.Storage.Indexes;

/// <summary>What does not go on by itself.</summary>
public sealed class AlarmList
{
    private readonly IndexReader reader;

    internal AlarmList(IndexReader reader) => this.reader = reader;

    /// <summary>The longest standing first.</summary>
    public async Task<IReadOnlyList<Alarm>> AllAsync(CancellationToken cancel)
    {
        var applications = await reader.ApplicationsAsync(IndexRows.Alarms, cancel);
        return
        [
            .. from application in applications
               from row in IndexRows.Of(application)
               where row.Key.StartsWith(IndexRows.Alarms, StringComparison.Ordinal)
               let at = IndexRows.Time((string)row.Columns["At"])!.Value
               orderby at, application.Id
               select new Alarm(application, Enum.Parse<AlarmKind>((string)row.Columns["Kind"]), (string)row.Columns["What"], at),
        ];
    }
}

/// <param name="What">Key of the blocked assignment, or id of the duty whose mail is stuck or came back.</param>
public sealed record Alarm(Application Application, AlarmKind Kind, string What, DateTimeOffset At);

public enum AlarmKind
{
    /// <summary>Nobody eligible is left to decide.</summary>
    Blocked,
    /// <summary>A mail has failed again and again.</summary>
    Stuck,
    /// <summary>A mail came back.</summary>
    Bounced,
}
