using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core.Applications;

namespace Subsidy.Storage.Streams;

/// <summary>
/// Finds what is marked <see cref="PersonalAttribute"/> in a type of event, however deep, and takes it out of its JSON or puts it back.
/// A place is named by its JSON pointer (RFC 6901).
/// </summary>
internal sealed class PersonalProperties
{
    private static readonly ConcurrentDictionary<Type, PersonalProperties> Known = new();

    private readonly List<(string Name, Subject Subject)> marked = [];
    private readonly List<(string Name, Type Type, bool Many)> inner = [];

    private PersonalProperties(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (property.GetCustomAttribute<PersonalAttribute>() is { } personal)
                marked.Add((name, personal.Subject));
            else if (ElementOf(property.PropertyType) is { } element)
                inner.Add((name, element, Many: element != property.PropertyType));
        }
    }

    /// <summary>Removes every personal value from the JSON and returns them by subject and pointer.</summary>
    public static IReadOnlyDictionary<Subject, JsonObject> TakeOut(JsonObject json, Type type)
    {
        var taken = new SortedDictionary<Subject, JsonObject>();
        Of(type).TakeOut(json, "", taken);
        return taken;
    }

    /// <summary>Puts back what <see cref="TakeOut(JsonObject, Type)"/> took.</summary>
    public static void PutBack(JsonObject json, JsonObject taken)
    {
        foreach (var (pointer, value) in taken)
        {
            var steps = pointer.Split('/');
            JsonNode place = json;
            foreach (var step in steps[1..^1])
                place = place is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : place[step]!;
            place[steps[^1]] = value?.DeepClone();
        }
    }

    private static PersonalProperties Of(Type type) => Known.GetOrAdd(type, key => new PersonalProperties(key));

    private void TakeOut(JsonObject json, string path, SortedDictionary<Subject, JsonObject> taken)
    {
        foreach (var (name, subject) in marked)
        {
            if (json[name] is not { } value)
                continue;
            json.Remove(name);
            if (!taken.TryGetValue(subject, out var values))
                taken[subject] = values = [];
            values[$"{path}/{name}"] = value;
        }
        foreach (var (name, type, many) in inner)
        {
            var personal = Of(type);
            if (many && json[name] is JsonArray list)
                for (var i = 0; i < list.Count; i++)
                    personal.TakeOut(list[i]!.AsObject(), $"{path}/{name}/{i}", taken);
            else if (!many && json[name] is JsonObject one)
                personal.TakeOut(one, $"{path}/{name}", taken);
        }
    }

    /// <summary>The record that a property holds, one or many; null for plain values.</summary>
    private static Type? ElementOf(Type type)
    {
        var element = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : type;
        return element.IsClass && element != typeof(string) && !element.IsAssignableTo(typeof(IEnumerable)) ? element : null;
    }
}
