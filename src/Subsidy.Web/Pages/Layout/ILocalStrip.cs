using Microsoft.AspNetCore.Http;
using Subsidy.Core;

namespace Subsidy.Web.Pages.Layout;

/// <summary>
/// What the strip on every page of a demonstration says: who one is, where mailbox and clock are, what to click next. Registered by
/// the Local head only; elsewhere there is no strip.
/// </summary>
public interface ILocalStrip
{
    ValueTask<LocalStrip> OfAsync(HttpContext http, CancellationToken cancel);
}

/// <param name="SignedInAs">Name and role, or null when nobody is signed in.</param>
/// <param name="Now">What the movable clock shows.</param>
/// <param name="Next">What a newcomer would click next, or null.</param>
public sealed record LocalStrip(string? SignedInAs, DateTimeOffset Now, IReadOnlyList<StripLink> Links, StripLink? Next);

public sealed record StripLink(string Path, Text Title);
