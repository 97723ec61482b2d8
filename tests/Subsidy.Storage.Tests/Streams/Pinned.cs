namespace Subsidy.Storage.Tests.Streams;

/// <summary>
/// Stored texts, made by another program from the documented format. They are never made anew: what has been stored cannot be either.
/// </summary>
internal static class Pinned
{
    public const string Voted = """
        {"number":7,"at":"2026-11-23T09:00:00.1234567+08:00","actor":{"kind":"staff","id":"chen-guihua"},"type":"voted","data":{"assignment":"village-check","round":1,"seat":0,"staff":"chen-guihua","decision":"approve","shown":6,"checklist":["seen"],"checks":{"inRegister":true},"photos":[{"id":"p1","kind":"photo","sha256":"ab","size":1234,"contentType":"image/jpeg"}]},"sealed":{"applicant":"AAECAwQFBgcICQoLwIS6RU+TaxyQHsX+Ao9VM0hQ8uNIAaCF2egUoo7qVMEhurTDU/lJ0ygna/yfdOXxdM1yCDbCB+C2jPVwszlixHkj3b3I4BoQTKaapILg6lHv6fkBZCjf3xq09sQLYYolJsGp+Dk3p8fE7dCMFtrQcMiMX0uXn4UrV6zbp8/B23dXa+JwO3Yr"}}
        """;

    public const string Objected = """
        {"number":9,"at":"2026-11-23T09:00:00.1234567+08:00","actor":{"kind":"objector"},"type":"objected","data":{"objection":"o1","anonymous":false},"sealed":{"objector":"AAECAwQFBgcICQoLMirNlLAk6WYRqqeYFVrfb3ES4uNwdfqtGxMbraozI6beIVkWdKpZxFeFNkTTbkK9cXgNSbJuLzlkBu0Ijl2FUp5FQB0Bt2rrEbPPXHnRmnZJqUYz1meqkwo1"}}
        """;

    public const string AmountSet = """
        {"number":3,"at":"2026-11-23T09:00:00.1234567+08:00","actor":{"kind":"engine"},"type":"amountSet","data":{"amount":60000}}
        """;
}
