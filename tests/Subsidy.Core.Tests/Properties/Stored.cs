using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Subsidy.Core.Applications;

namespace Subsidy.Core.Tests.Properties;

/// <summary>Heads and events as text, in the way that storage writes them.</summary>
internal static class Stored
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static Application Again(Application head)
    {
        var text = Text(head);
        var again = JsonSerializer.Deserialize<Application>(text, Options)!;
        Assert.Equal(text, Text(again));
        return again;
    }

    /// <summary>The event as it reads once the keys are destroyed.</summary>
    public static Recorded Erased(Recorded recorded)
    {
        var json = JsonSerializer.SerializeToNode(recorded.Event, Options)!.AsObject();
        foreach (var property in recorded.Event.GetType().GetProperties().Where(property => property.GetCustomAttribute<PersonalAttribute>() is not null))
            json.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        return recorded with { Event = json.Deserialize<Event>(Options)! };
    }
}
