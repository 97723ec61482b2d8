namespace Subsidy.Core.Applications;

/// <summary>A payment as it stands on the public list (阳光公示). Nothing personal: the name is opened where it stands when it is shown.</summary>
/// <param name="Period"><c>once</c>, <c>2026-03</c>, <c>2026-spring</c>.</param>
/// <param name="PayeeAt">Number of the event in which the payee stands that the money went to.</param>
public sealed record PublicPayment(string Entitlement, string Period, Money Amount, DateTimeOffset PaidAt, int PayeeAt);
