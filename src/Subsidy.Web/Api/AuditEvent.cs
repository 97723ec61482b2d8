using System.Text.Json;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Township;

namespace Subsidy.Web.Api;

internal sealed record AuditHistory(string Id, string Reference, IReadOnlyList<AuditEvent> Events);

/// <param name="Type">The event's name in the stream.</param>
/// <param name="StaffName">As the register has it now, for events that staff caused.</param>
/// <param name="Text">Exactly what is stored, to the byte.</param>
/// <param name="Hash">Lower-case hexadecimal, like <paramref name="PreviousHash"/>.</param>
internal sealed record AuditEvent(
    int Number, DateTimeOffset At, ActorKind Actor, string? Staff, string? StaffName, string Type, string Text, string PreviousHash, string Hash)
{
    public static AuditEvent Of(StoredEvent stored, TownshipRegister township) => new(
        stored.Recorded.Number,
        stored.Recorded.At,
        stored.Recorded.Actor.Kind,
        stored.Recorded.Actor.Id,
        township.Find(stored.Recorded.Actor.Id)?.Name,
        JsonNamingPolicy.CamelCase.ConvertName(stored.Recorded.Event.GetType().Name),
        stored.Text,
        stored.PreviousHash,
        stored.Hash);
}
