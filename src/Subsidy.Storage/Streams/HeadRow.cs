using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <summary>
/// The head row: clear columns for book-keeping, the wrapped data keys, and the sealed state. Before the first event there may be a row
/// with keys only (version 0), made for papers that are sealed before their application exists; it is no application yet.
/// </summary>
internal sealed class HeadRow(TableEntity entity)
{
    public const int MaxState = EventRow.PropertyLength;

    private const string VersionColumn = "Version";
    private const string HashColumn = "Hash";
    private const string DueColumn = "Due";
    private const string LeasedUntilColumn = "LeasedUntil";
    private const string LeaseColumn = "Lease";
    private const string StateColumn = "State";
    private const string KekColumn = "KekId";
    private const string ApplicantKeyColumn = "ApplicantKey";
    private const string ObjectorKeyColumn = "ObjectorKey";

    public ETag ETag => entity.ETag;

    public int Version => entity.GetInt32(VersionColumn) ?? 0;

    public byte[] Hash => entity.GetBinary(HashColumn) ?? HashChain.Genesis;

    public DateTimeOffset? Due => Time(DueColumn);

    public DateTimeOffset? LeasedUntil => Time(LeasedUntilColumn);

    /// <summary>Names the holder of the lease.</summary>
    public string? Lease => entity.GetString(LeaseColumn) is { Length: > 0 } lease ? lease : null;

    /// <summary>Null once they are destroyed.</summary>
    public WrappedKeys? Keys => entity.GetString(KekColumn) is { Length: > 0 } kek
        ? new WrappedKeys(kek, entity.GetBinary(ApplicantKeyColumn), entity.GetBinary(ObjectorKeyColumn))
        : null;

    public Application OpenState(string id, DataKeys keys) => JsonSerializer.Deserialize<Application>(
        SealedBox.Open(keys.Applicant, entity.GetBinary(StateColumn), StateContext(id, Version)), StoredJson.Options)!;

    /// <summary>An entity that holds nothing yet, to be filled by the methods below.</summary>
    public static TableEntity New(string id) => new(Rows.ShardOf(id), Rows.Head(id));

    public static void SetKeys(TableEntity entity, WrappedKeys keys)
    {
        entity[KekColumn] = keys.KekId;
        entity[ApplicantKeyColumn] = keys.Applicant;
        entity[ObjectorKeyColumn] = keys.Objector;
    }

    /// <exception cref="HeadTooLargeException">The state does not fit.</exception>
    public static void SetState(TableEntity entity, Application application, byte[] hash, DataKeys keys)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(application, StoredJson.Options);
        var box = SealedBox.Seal(keys.Applicant, plain, StateContext(application.Id, application.Version));
        if (box.Length > MaxState)
            throw new HeadTooLargeException(application.Id, box.Length);
        entity[VersionColumn] = application.Version;
        entity[HashColumn] = hash;
        entity[StateColumn] = box;
    }

    public static void SetDue(TableEntity entity, DateTimeOffset? due) => entity[DueColumn] = Text(due);

    /// <param name="lease">Null, and no time, when nobody holds it.</param>
    public static void SetLease(TableEntity entity, string? lease, DateTimeOffset? until)
    {
        entity[LeaseColumn] = lease ?? "";
        entity[LeasedUntilColumn] = Text(until);
    }

    /// <summary>What is left of an erased application: enough to verify its stream.</summary>
    public TableEntity Erased() => new(entity.PartitionKey, entity.RowKey)
    {
        [VersionColumn] = Version,
        [HashColumn] = Hash,
    };

    private static string[] StateContext(string id, int version) => ["head", id, version.ToString(CultureInfo.InvariantCulture)];

    // Times are text: a merge cannot take a value away, but can set it to nothing; and no precision is lost.
    private static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";

    private DateTimeOffset? Time(string column) => entity.GetString(column) is { Length: > 0 } text
        ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}
