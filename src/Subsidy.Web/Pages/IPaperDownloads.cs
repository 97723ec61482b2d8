using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;

namespace Subsidy.Web.Pages;

/// <summary>Hands out a paper as a download, never as something that a browser opens inside this site.</summary>
public interface IPaperDownloads
{
    IResult Download(string applicationId, Paper paper);
}
