using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Subsidy.Storage.Indexes;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Forms;
using Subsidy.Web.Staff;

namespace Subsidy.Web.Pages.Staff;

/// <summary>Making all lists and searches again, when a restored copy or a new kind of index asks for it.</summary>
internal static class IndexEndpoints
{
    private const string Address = "/staff/indexes";

    public static void MapIndexes(this IEndpointRouteBuilder routes)
    {
        var indexes = routes.MapGroup(Address).RequireAuthorization(StaffPolicies.Administrator).ExcludeFromDescription();
        indexes.MapGet("", async ([FromServices] IIndexRebuilding rebuilding, CancellationToken cancel) =>
            Page.Show<IndexesPage>(new IndexesModel(await rebuilding.LastAsync(cancel))));
        indexes.MapPost("", async ([FromServices] IIndexRebuilding rebuilding, CancellationToken cancel) =>
        {
            await rebuilding.BeginAsync(cancel);
            return SeeOther.To(Address);
        }).WithFormGuard();
    }
}
