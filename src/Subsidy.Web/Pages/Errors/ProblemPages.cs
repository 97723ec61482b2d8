using Microsoft.AspNetCore.Http;
using Subsidy.Web.Http;

namespace Subsidy.Web.Pages.Errors;

/// <summary>Shows the pipeline's errors as pages of this site.</summary>
internal sealed class ProblemPages : IProblemPage
{
    public IResult Show(Problem problem) => Page.Show<ProblemPage>(problem, problem.Status);
}
