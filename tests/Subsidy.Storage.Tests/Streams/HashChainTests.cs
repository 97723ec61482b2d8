using System.Text;
using CsCheck;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Streams;

public sealed class HashChainTests
{
    /// <summary>Computed with another program: an auditor's must come to the same.</summary>
    [Fact]
    public void The_hash_is_that_of_the_documented_bytes()
    {
        var first = HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9c", 1, "{\"number\":1}"u8);
        Assert.Equal("32b9f4a7404e461eda083194a1e7f5301b71ad26691cda117d1feb6a382aca9b", Convert.ToHexStringLower(first));
        var second = HashChain.Next(first, "k7qm3wxtpb9c", 2, Encoding.UTF8.GetBytes("{\"number\":2,\"t\":\"文\"}"));
        Assert.Equal("42eb41e82d80420acc57f23a0a7536542bc13e1cd9fe45baf03c276870c6840b", Convert.ToHexStringLower(second));
    }

    [Fact]
    public void Whatever_is_changed_changes_the_hash() => Gen.Select(Gen.Int[1, 9_999_999], Gen.Byte.Array[1, 200]).Sample((number, text) =>
    {
        var hash = HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9c", number, text);
        byte[] other = [1, .. HashChain.Genesis[1..]];
        Assert.NotEqual(hash, HashChain.Next(other, "k7qm3wxtpb9c", number, text));
        Assert.NotEqual(hash, HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9d", number, text));
        Assert.NotEqual(hash, HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9c", number + 1, text));
        Assert.NotEqual(hash, HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9c", number, [.. text, 0]));
    }, iter: 50);

    [Fact]
    public void Impossible_positions_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9c", 0, "x"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => HashChain.Next(HashChain.Genesis, "k7qm3wxtpb9c", 1 << 24, "x"u8));
        Assert.Throws<ArgumentException>(() => HashChain.Next([1, 2], "k7qm3wxtpb9c", 1, "x"u8));
    }
}
