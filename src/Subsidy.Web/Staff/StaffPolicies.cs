using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Core.Township;

namespace Subsidy.Web.Staff;

/// <summary>Who may open what. Whether somebody may decide on an application is the core's to say, not a policy's.</summary>
public static class StaffPolicies
{
    /// <summary>Anyone on the staff register.</summary>
    public const string Staff = "staff";
    public const string Auditor = Roles.Auditor;
    public const string Administrator = Roles.Administrator;

    /// <summary>Reading the books: finance, administrators, auditors.</summary>
    public const string Finance = "finance";

    /// <summary>Increasing and cutting a fund.</summary>
    public const string Budget = "budget";

    /// <summary>Cash for the petty fund, and back from it.</summary>
    public const string PettyFund = "pettyFund";

    /// <summary>Ending a fund's fiscal year.</summary>
    public const string YearEnd = "yearEnd";

    /// <summary>Looking up what a household was paid.</summary>
    public const string Statements = "statements";

    /// <summary>Handing in what the bank says.</summary>
    public const string PayRuns = "payRuns";

    internal static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddSingleton<StaffCookie>();
        services.AddAuthentication(StaffAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, StaffAuthentication>(StaffAuthentication.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Staff, policy => policy.RequireClaim(CurrentStaff.IdClaim))
            .AddPolicy(Auditor, policy => policy.RequireRole(Roles.Auditor))
            .AddPolicy(Administrator, policy => policy.RequireRole(Roles.Administrator))
            .AddPolicy(Finance, policy => policy.RequireRole(Roles.FinancePreparer, Roles.FinanceApprover, Roles.Administrator, Roles.Auditor))
            .AddPolicy(Budget, policy => policy.RequireRole(Roles.FinanceApprover, Roles.Administrator))
            .AddPolicy(YearEnd, policy => policy.RequireRole(Roles.FinanceApprover))
            .AddPolicy(Statements, policy => policy.RequireRole(Roles.FinancePreparer, Roles.FinanceApprover, Roles.Auditor))
            .AddPolicy(PayRuns, policy => policy.RequireRole(Roles.FinancePreparer, Roles.FinanceApprover))
            .AddPolicy(PettyFund, policy => policy.RequireRole(Roles.FinancePreparer, Roles.FinanceApprover, Roles.Administrator));
        return services;
    }
}
