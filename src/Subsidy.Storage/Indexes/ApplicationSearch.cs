using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Storage.Indexes;

/// <summary>Finds applications for auditors. Rows are as the engine last wrote them: seconds behind the heads.</summary>
public sealed class ApplicationSearch
{
    private readonly IndexReader reader;

    internal ApplicationSearch(IndexReader reader) => this.reader = reader;

    /// <summary>The newest first.</summary>
    public async Task<FoundPage> FindAsync(ApplicationQuery query, CancellationToken cancel)
    {
        var rows = new List<FoundApplication>();
        var last = "";
        await foreach (var row in reader.Table.QueryAsync<TableEntity>(Filter(query), cancellationToken: cancel))
        {
            if (rows.Count == query.Count)
                return new FoundPage(rows, last);
            rows.Add(Read(row));
            last = row.RowKey;
        }
        return new FoundPage(rows, null);
    }

    private static string Filter(ApplicationQuery query)
    {
        var parts = new List<string> { IndexReader.Beginning(IndexRows.Cases) };
        if (query.From is { } from)
            parts.Add(TableClient.CreateQueryFilter($"RowKey le {IndexRows.Cases + IndexRows.NewestFirst(from) + "|~"}"));
        if (query.To is { } to)
            parts.Add(TableClient.CreateQueryFilter($"RowKey gt {IndexRows.Cases + IndexRows.NewestFirst(to) + "|~"}"));
        if (query.After is { } after)
            parts.Add(TableClient.CreateQueryFilter($"RowKey gt {after}"));
        if (query.Scheme is { } scheme)
            parts.Add(TableClient.CreateQueryFilter($"Scheme eq {scheme}"));
        if (query.Status is { } status)
            parts.Add(TableClient.CreateQueryFilter($"Status eq {status.ToString()}"));
        if (query.Village is { } village)
            parts.Add(TableClient.CreateQueryFilter($"Village eq {village}"));
        return string.Join(" and ", parts);
    }

    private static FoundApplication Read(TableEntity row) => new(
        row.GetString(IndexRow.Application),
        new SchemePin(row.GetString("Scheme"), row.GetInt32("SchemeVersion") ?? 0, row.GetString("SchemeHash")),
        Enum.Parse<Status>(row.GetString("Status")),
        row.GetString("Step") is { Length: > 0 } step ? step : null,
        row.GetString("Village"),
        IndexRows.Time(row.GetString("CreatedAt"))!.Value,
        IndexRows.Time(row.GetString("SubmittedAt")),
        IndexRows.Time(row.GetString("DueAt")),
        row.GetInt64("Amount") is { } fen and >= 0 ? new Money(fen) : null);
}

/// <summary>What is looked for; null does not narrow.</summary>
/// <param name="From">Of submission (of a draft: of its beginning), inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="After">Where the page before ended: its <see cref="FoundPage.Next"/>.</param>
/// <param name="Count">Rows of a page.</param>
public sealed record ApplicationQuery(
    string? Scheme = null, Status? Status = null, string? Village = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? After = null, int Count = 50);

/// <param name="Next">For the next page; null when this is the last.</param>
public sealed record FoundPage(IReadOnlyList<FoundApplication> Rows, string? Next);

/// <param name="DueAt">By when somebody has to do something, if anybody.</param>
public sealed record FoundApplication(
    string Id, SchemePin Scheme, Status Status, string? Step, string Village, DateTimeOffset CreatedAt, DateTimeOffset? SubmittedAt,
    DateTimeOffset? DueAt, Money? Amount)
{
    public string Reference => Core.Applications.Reference.Of(Id);
}
