namespace Subsidy.Web.History;

/// <summary>One line of what an applicant is told of the application's course.</summary>
/// <param name="Type">The event's name, as in the stream.</param>
/// <param name="Text">A plain sentence in the language of the request.</param>
public sealed record HistoryEntry(DateTimeOffset At, string Type, string Text);
