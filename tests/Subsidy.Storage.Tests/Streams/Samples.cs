using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Storage.Tests.Streams;

/// <summary>Values to store: an event of every type, and applications made of a few of them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)).AddTicks(1234567);

    public static IEnumerable<Type> EventTypes =>
        typeof(Event).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(known => known.DerivedType);

    /// <summary>An event with something in every property.</summary>
    public static Event EventOf(Type type) => (Event)ValueOf(type)!;

    public static Form Form(string name = "张三丰") => new(
        new Applicant(ApplicantKind.Person, name, "36990019790312501X", "13800000000", "zhang@example.org"),
        [new HouseholdMember("李四", "369900198001131121", "spouse")],
        new Payee(name, "6222020000000000000", "青溪农商银行"),
        new JsonObject { ["destination"] = "otherProvince", ["monthsWorked"] = 3, ["nothing"] = null });

    public static Recorded Submission(int number = 1, string name = "张三丰") => new(
        number, At, Actor.Applicant, new Submitted(
            new SchemePin("transport-subsidy", 1, new string('a', 64)), "dongshan", "zh", "print", Form(name), Form(name).Answers,
            [new PersonKey("key-of-zhang")], [new Claim("transport-subsidy|yearly|key-of-zhang|2026", "yearly", 1, 0)],
            new Dictionary<string, bool> { ["monitored"] = true }));

    public static Recorded Withdrawal(int number) => new(number, At, Actor.Applicant, new Withdrawn("找到了工作"));

    public static Application Fold(string id, params IEnumerable<Recorded> events) => Evolver.Fold(id, events);

    private static object? ValueOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "文/~\"text";
        if (type == typeof(int))
            return 7;
        if (type == typeof(long))
            return 70L;
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateOnly))
            return DateOnly.FromDateTime(At.DateTime);
        if (type == typeof(DateTimeOffset))
            return At;
        if (type == typeof(JsonObject))
            return new JsonObject { ["a"] = 1.50m, ["b"] = new JsonArray(1, "二", null), ["c"] = null };
        if (type == typeof(Money))
            return new Money(60_000);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = Array.CreateInstance(type.GetGenericArguments()[0], 2);
            list.SetValue(ValueOf(type.GetGenericArguments()[0]), 0);
            list.SetValue(ValueOf(type.GetGenericArguments()[0]), 1);
            return list;
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()))!;
            dictionary.Add("Key-1", ValueOf(type.GetGenericArguments()[1]));
            return dictionary;
        }
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => ValueOf(parameter.ParameterType))]);
    }
}
