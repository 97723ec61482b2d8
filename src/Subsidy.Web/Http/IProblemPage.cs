namespace Subsidy.Web.Http;

/// <summary>Shows an error to a person. The status code is set already.</summary>
public interface IProblemPage
{
    IResult Show(Problem problem);
}
