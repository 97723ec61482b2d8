namespace Subsidy.Web.Exports;

internal static class SheetRoute
{
    /// <summary>The end of a route to a <see cref="Sheet"/>, with the parameter <c>format</c>; any other ending is not found.</summary>
    public const string Ending = ".{format:regex(^(csv|xlsx)$)}";
}
