using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Storage.Sealing;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Streams;

public sealed class EventCodecTests
{
    private const string Id = "k7qm3wxtpb9c";

    // The keys with which the pinned texts below were sealed.
    private static readonly DataKeys Keys = new(Bytes(1), Bytes(2));

    private static readonly JsonSerializerOptions Everything = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public static TheoryData<string> Types => [.. Samples.EventTypes.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_reads_as_it_was_written(string type)
    {
        var recorded = new Recorded(3, Samples.At, Actor.Staff("chen") with { Person = new PersonKey("key-of-chen") }, Samples.EventOf(Samples.EventTypes.Single(known => known.Name == type)));
        var read = EventCodec.Decode(Id, EventCodec.Encode(Id, recorded, Keys), Keys);
        Assert.Equal(JsonSerializer.Serialize(recorded, Everything), JsonSerializer.Serialize(read, Everything));
        Assert.IsType(recorded.Event.GetType(), read.Event);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Without_the_key_what_is_personal_is_null_and_the_rest_is_there(string type)
    {
        var recorded = new Recorded(3, Samples.At, Actor.Staff("chen") with { Person = new PersonKey("key-of-chen") }, Samples.EventOf(Samples.EventTypes.Single(known => known.Name == type)));
        var read = EventCodec.Decode(Id, EventCodec.Encode(Id, recorded, Keys), keys: null);
        foreach (var property in recorded.Event.GetType().GetProperties())
        {
            var personal = property.GetCustomAttribute<PersonalAttribute>() is not null;
            Assert.Equal(personal, property.GetValue(read.Event) is null);
        }
    }

    [Fact]
    public void Nothing_personal_stands_in_the_stored_text()
    {
        var text = Encoding.UTF8.GetString(EventCodec.Encode(Id, Samples.Submission(), Keys));
        foreach (var personal in (string[])["张三丰", "36990019790312501X", "13800000000", "6222020000000000000", "otherProvince", "zhang@example.org"])
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        Assert.Contains("\"village\":\"dongshan\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_personal_values_has_nothing_sealed()
    {
        var text = EventCodec.Encode(Id, new Recorded(1, Samples.At, Actor.Applicant, new Withdrawn(Reason: null)), Keys);
        Assert.False(JsonNode.Parse(text)!.AsObject().ContainsKey("sealed"));
    }

    [Fact]
    public void What_an_objector_says_is_sealed_with_a_key_of_its_own()
    {
        var recorded = new Recorded(5, Samples.At, Actor.Objector, new Objected("o1", false, "王五", "139", "not his land"));
        var text = EventCodec.Encode(Id, recorded, Keys);
        Assert.Throws<AuthenticationTagMismatchException>(() => EventCodec.Decode(Id, text, Keys with { Objector = Bytes(9) }));
        Assert.Equal(recorded.Event, EventCodec.Decode(Id, text, Keys with { Applicant = Bytes(9) }).Event);
    }

    [Fact]
    public void A_sealed_part_does_not_open_in_another_event_or_application()
    {
        var text = EventCodec.Encode(Id, Samples.Withdrawal(4), Keys);
        Assert.Throws<AuthenticationTagMismatchException>(() => EventCodec.Decode("aaaaaaaaaaaa", text, Keys));
        var moved = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace("\"number\":4", "\"number\":5", StringComparison.Ordinal));
        Assert.Throws<AuthenticationTagMismatchException>(() => EventCodec.Decode(Id, moved, Keys));
    }

    [Fact]
    public void Personal_values_inside_lists_of_records_are_found_too()
    {
        var json = JsonSerializer.SerializeToNode(new Outer("open", [new Inner("a", "secret 1"), new Inner("b", null), new Inner("c", "secret 2")]), StoredJson.Options)!.AsObject();
        var before = json.DeepClone();
        var taken = PersonalProperties.TakeOut(json, typeof(Outer));
        Assert.DoesNotContain("secret", json.ToJsonString(), StringComparison.Ordinal);
        PersonalProperties.PutBack(json, taken[Subject.Applicant]);
        Assert.True(JsonNode.DeepEquals(before, json));
    }

    [Fact]
    public void An_unknown_type_of_event_is_an_error_and_not_a_gap() =>
        Assert.Throws<JsonException>(() => EventCodec.Decode(
            Id, """{"number":1,"at":"2026-11-23T09:00:00+08:00","actor":{"kind":"engine"},"type":"teleported","data":{}}"""u8, Keys));

    /// <summary>Texts as they were stored by the first release. Whatever changes, they must read so for ever.</summary>
    [Fact]
    public void What_was_stored_once_is_read_for_ever()
    {
        var voted = EventCodec.Decode(Id, Encoding.UTF8.GetBytes(Pinned.Voted), Keys);
        Assert.Equal(7, voted.Number);
        Assert.Equal(Samples.At, voted.At);
        Assert.Equal(Actor.Staff("chen-guihua"), voted.Actor);
        var vote = Assert.IsType<Voted>(voted.Event);
        Assert.Equal("材料齐全", vote.Comment);
        Assert.Equal(180, vote.Measurements!["area"]!.GetValue<int>());
        Assert.Equal("/papers/proof", Assert.Single(vote.Missing!).Pointer);
        Assert.True(vote.Checks["inRegister"]);
        Assert.Equal(1234, Assert.Single(vote.Photos).Size);

        var objected = Assert.IsType<Objected>(EventCodec.Decode(Id, Encoding.UTF8.GetBytes(Pinned.Objected), Keys).Event);
        Assert.Equal(("王五", "13900000000", "不是他家的地"), (objected.Name, objected.Contact, objected.Reason));

        var amount = Assert.IsType<AmountSet>(EventCodec.Decode(Id, Encoding.UTF8.GetBytes(Pinned.AmountSet), Keys).Event);
        Assert.Equal(60_000, amount.Amount.Fen);
    }

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, DataKeys.Length)];

    private sealed record Outer(string Open, IReadOnlyList<Inner> Many);

    private sealed record Inner(string Open, [property: Personal] string? Hidden);
}
