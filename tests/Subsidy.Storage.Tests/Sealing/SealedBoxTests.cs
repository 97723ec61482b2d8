using System.Security.Cryptography;
using CsCheck;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Tests.Sealing;

public sealed class SealedBoxTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void What_was_sealed_opens_again() => Gen.Byte.Array[0, 300].Sample(plain =>
        Assert.Equal(plain, SealedBox.Open(Key, SealedBox.Seal(Key, plain, "event", "1"), "event", "1")), iter: 50);

    [Fact]
    public void A_box_with_any_byte_changed_does_not_open()
    {
        var box = SealedBox.Seal(Key, "person"u8, "event");
        for (var i = 0; i < box.Length; i++)
        {
            var altered = box.ToArray();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, altered, "event"));
        }
    }

    [Fact]
    public void A_box_opens_only_in_its_own_context()
    {
        var box = SealedBox.Seal(Key, "person"u8, "event", "a", "1");
        Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, box, "event", "a", "2"));
        Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, box, "event", "a1"));
        Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(RandomNumberGenerator.GetBytes(32), box, "event", "a", "1"));
    }

    [Fact]
    public void The_same_text_never_looks_the_same_twice() =>
        Assert.NotEqual(SealedBox.Seal(Key, "person"u8), SealedBox.Seal(Key, "person"u8));

    [Fact]
    public void A_box_cut_short_is_refused() =>
        Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, new byte[SealedBox.Overhead - 1]));
}
