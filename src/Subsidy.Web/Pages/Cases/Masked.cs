namespace Subsidy.Web.Pages.Cases;

/// <summary>Numbers of people as pages show them: enough to compare with a paper, too little to use.</summary>
internal static class Masked
{
    private const int Shown = 4;

    public static string IdNumber(string number) => number.Length > 2 * Shown
        ? $"{number[..Shown]}{new string('*', number.Length - 2 * Shown)}{number[^Shown..]}"
        : new string('*', number.Length);

    public static string Account(string account) => account.Length > Shown ? $"****{account[^Shown..]}" : "****";
}
