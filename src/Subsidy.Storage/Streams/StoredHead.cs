using Azure;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Streams;

/// <param name="Hash">Of the last event.</param>
/// <param name="Lease">Set when this head was got by taking the lease: then it is this turn's own.</param>
internal sealed record StoredHead(
    Application Application, DateTimeOffset? Due, DateTimeOffset? LeasedUntil, ETag ETag, byte[] Hash, DataKeys Keys, string? Lease)
    : Head(Application, Due, LeasedUntil);
