using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages.Cases;

/// <param name="Upheld">Null while it is open, and for a lead, which nobody has to decide.</param>
public sealed record FiledObjection(string Key, DateTimeOffset At, bool Anonymous, string? Name, string? Contact, string? Reason, bool? Upheld)
{
    public static FiledObjection Of(Recorded recorded, IReadOnlyList<Recorded> events)
    {
        var objected = (Objected)recorded.Event;
        var resolved = events.Select(e => e.Event).OfType<ObjectionResolved>().LastOrDefault(one => one.Objection == objected.Objection);
        return new FiledObjection(objected.Objection, recorded.At, objected.Anonymous, objected.Name, objected.Contact, objected.Reason, resolved?.Upheld);
    }
}
