using Subsidy.Core.Applications;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <param name="Link">Where the witness signs; null until the payer has.</param>
public sealed record HandOverModel(CaseMoneyModel Money, Entitlement Entitlement, FormState State, string? Link);

/// <param name="Token">Of the payer's signature.</param>
public sealed record WitnessModel(HandOver HandOver, Entitlement Entitlement, string Reference, string? Payee, string Payer, string Token);
