using System.Reflection;
using System.Text.Json.Serialization;
using Subsidy.Core.Applications;

namespace Subsidy.Core.Tests.Applications;

/// <summary>DESIGN, promise 6: personal data is sealed. Whoever adds a property to an event decides here which it is.</summary>
public class PrivacyTests
{
    /// <summary>Properties that can hold text and are open to auditors; none tells anything about an applicant or an objector.</summary>
    private static readonly HashSet<string> Public =
    [
        "DraftOpened.Scheme", "DraftOpened.Village", "DraftOpened.Language", "DraftOpened.Fingerprint",
        "PaperAdded.Paper",
        "Submitted.Scheme", "Submitted.Village", "Submitted.Language", "Submitted.Fingerprint",
        "Submitted.Persons", "Submitted.Claims", "Submitted.Registers",
        "Amended.Persons", "Amended.Claims",
        "ClaimsTaken.Keys",
        "DuplicateFound.Limit", "DuplicateFound.EarlierReference",
        "StepSkipped.Step", "StepSkipped.Condition", "StepPassed.Step", "StepReopened.Step", "StepReopened.Staff",
        "Assigned.Key", "Assigned.Step", "Assigned.Seats",
        "SeatFilled.Assignment", "SeatFilled.Staff",
        "LinkRenewed.Assignment", "LinkRenewed.Staff",
        "Voted.Assignment", "Voted.Staff", "Voted.Checklist", "Voted.Checks", "Voted.Photos",
        "Recused.Assignment", "Recused.Staff",
        "Delegated.Assignment", "Delegated.Staff", "Delegated.To",
        "Reminded.Assignment", "Escalated.Assignment", "Escalated.To", "DeadlineMoved.Assignment",
        "Returned.Step", "Lapsed.Told", "Reopened.Staff", "NoticePosted.Step",
        "Objected.Objection", "ObjectionResolved.Objection", "ObjectionResolved.Staff",
        "RequestAwaited.Step", "RequestAwaited.Request", "Requested.Step", "Requested.Request",
        "SupplementAsked.Step", "SupplementAsked.Documents", "Supplemented.Step", "RectificationOrdered.Step",
        "WaitingCalled.Staff",
        "IssueOrdered.Step", "IssueOrdered.Certificates", "PermitsIssued.Step", "PermitsIssued.Permits",
        "EntitlementGranted.Step", "EntitlementGranted.Entitlement", "EntitlementGranted.Period", "EntitlementGranted.Fund", "EntitlementGranted.Kept",
        "FundsAwaited.Step", "EntitlementCancelled.Entitlement",
        "PaymentsBegun.Step", "PaymentsBegun.Fund", "PaymentsStopped.Last", "PaymentsStopped.Staff",
        "PaymentsResumed.From", "AmountSet.From",
        "RecheckCalled.Staff", "RecheckDecided.Assignment", "RecheckDecided.Staff", "RecheckDecided.Remeasured",
        "FundsQueued.Entitlement", "FundsQueued.Fund", "FundsReserved.Entitlement", "FundsReserved.Fund", "FundsReleased.Entitlement",
        "FundsCarriedOver.Entitlement", "FundsCarriedOver.Fund", "FundsLapsed.Entitlement", "FundsLapsed.Fund",
        "PaymentOrdered.Entitlement", "PaymentOrdered.Run", "Paid.Entitlement", "Paid.Run", "PaidShort.Entitlement", "PaidShort.Told",
        "PaymentFailed.Entitlement", "PaymentFailed.Run", "PaymentFailed.Code",
        "PaymentReturned.Entitlement", "PaymentReturned.Fund", "PaymentReturned.Run", "PaymentReturned.Code", "PaymentRetried.Entitlement",
        "PayeeCalled.Staff", "PayeeDecided.Staff",
        "RecoveryOpened.Recovery", "RecoveryOpened.Entitlement", "RecoveryOpened.Fund", "RecoveryOpened.Staff",
        "RecoveryRaised.Recovery", "RecoveryRaised.Staff", "EarlierPeriodsFound.Recoveries",
        "RecoveryDropped.Recovery", "RecoveryDropped.Told", "InstalmentsAgreed.Recovery", "InstalmentsAgreed.Instalments", "InstalmentsAgreed.Staff",
        "RecoveryRepaid.Recovery", "RecoveryRepaid.Document", "RecoveryRepaid.Staff",
        "RecoveryOffset.Recovery", "RecoveryOffset.Entitlement", "RecoveryOffsetUndone.Recovery", "RecoveryOffsetUndone.Entitlement",
        "WriteOffProposed.Recovery", "WriteOffProposed.Staff", "WriteOffDecided.Recovery", "WriteOffDecided.Staff",
        "RecoveryCalled.Recovery", "RecoveryCalled.Staff",
        "HandOverSigned.Entitlement", "HandOverSigned.Receipt", "HandOverSigned.Photos", "HandOverSigned.Payer", "HandOverSigned.Witness",
        "HandOverHeld.Entitlement", "HandOverHeld.Fund", "HandOverCalled.Entitlement", "HandOverCalled.Staff",
        "HandOverWitnessed.Entitlement", "HandOverWitnessed.Witness",
        "HandOverRefused.Entitlement", "HandOverRefused.Witness", "HandOverRefused.Told",
        "HandOverWitnessNamed.Entitlement", "HandOverWitnessNamed.Staff", "HandOverWitnessNamed.Witness",
        "HandOverDropped.Entitlement", "HandOverDropped.Staff", "HandOverDropped.Told",
        "Rejected.Step", "Appealed.Appeal", "AppealResolved.Appeal", "AppealResolved.Staff", "Revoked.Staff",
        "StatementDrawn.Staff",
        "DutiesSettled.Done", "DutiesSettled.Delayed", "DutiesSettled.Indexed",
        "MailBounced.Duty", "MailBounced.Reason",
    ];

    [Fact]
    public void Every_property_of_an_event_that_can_hold_text_is_sealed_or_declared_public()
    {
        var unclassified = Properties()
            .Where(property => CanHoldText(property.PropertyType) && property.GetCustomAttribute<PersonalAttribute>() is null)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .Except(Public);

        Assert.Empty(unclassified);
    }

    [Fact]
    public void Nothing_is_declared_public_that_is_sealed_or_gone() =>
        Assert.Empty(Public.Except(Properties()
            .Where(property => property.GetCustomAttribute<PersonalAttribute>() is null)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")));

    [Fact]
    public void Every_event_has_a_name_in_the_stream_and_no_name_stands_twice()
    {
        var named = typeof(Event).GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();

        Assert.Empty(Events().Except(named.Select(name => name.DerivedType)));
        Assert.Equal(named.Count, named.Select(name => name.TypeDiscriminator).Distinct().Count());
    }

    private static IEnumerable<Type> Events() =>
        typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)));

    private static IEnumerable<PropertyInfo> Properties() =>
        Events().SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static bool CanHoldText(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return !type.IsPrimitive && !type.IsEnum && type != typeof(DateTimeOffset) && type != typeof(Money);
    }
}
