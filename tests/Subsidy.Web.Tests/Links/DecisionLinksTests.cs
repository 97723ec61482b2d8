using CsCheck;
using Subsidy.Storage.Sealing;
using Subsidy.Web.Links;

namespace Subsidy.Web.Tests.Links;

public sealed class DecisionLinksTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly DecisionLink Link = new("k7qm3wxtpb9c", "village-check", 2, "li-dasheng", 17, Now.AddDays(60));

    private readonly DecisionLinks _links = new(SecretsOf(1));

    [Fact]
    public void A_link_is_read_as_it_was_made()
    {
        Assert.True(_links.TryRead(_links.Make(Link), Now, out var read, out var fault));
        Assert.Equal(Link, read);
        Assert.Equal(LinkFault.None, fault);
    }

    [Fact]
    public void A_link_stands_in_a_line_of_a_mail()
    {
        Assert.InRange(_links.Make(Link).Length, 1, 150);
        Assert.Matches("^[A-Za-z0-9_-]+$", _links.Make(Link));
    }

    [Fact]
    public void From_its_last_second_on_a_link_has_expired_and_is_told_from_a_forged_one()
    {
        var token = _links.Make(Link);

        Assert.True(_links.TryRead(token, Link.Expires.AddSeconds(-1), out _, out _));
        Assert.False(_links.TryRead(token, Link.Expires, out var read, out var fault));
        Assert.Equal(LinkFault.Expired, fault);
        Assert.Equal("k7qm3wxtpb9c", read!.Application);
    }

    [Fact]
    public void Whatever_is_changed_in_a_token_it_is_forged()
    {
        var token = _links.Make(Link);
        Gen.Select(Gen.Int[0, token.Length - 1], Gen.Char["ABCabc019-_.=~ /"]).Sample((place, letter) =>
        {
            var changed = token[..place] + letter + token[(place + 1)..];
            var accepted = _links.TryRead(changed, Now, out _, out var fault);
            Assert.True(changed == token ? accepted : !accepted && fault is LinkFault.Forged, changed);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("AAAA")]
    public void What_is_no_token_is_forged(string? token)
    {
        Assert.False(_links.TryRead(token, Now, out var read, out var fault));
        Assert.Null(read);
        Assert.Equal(LinkFault.Forged, fault);
    }

    [Fact]
    public void Padding_and_length_do_not_make_a_second_token()
    {
        var token = _links.Make(Link);

        Assert.False(_links.TryRead(token + "=", Now, out _, out _));
        Assert.False(_links.TryRead(token + new string('A', 4000), Now, out _, out _));
    }

    [Fact]
    public void Another_systems_link_is_forged()
    {
        Assert.False(_links.TryRead(new DecisionLinks(SecretsOf(2)).Make(Link), Now, out _, out var fault));
        Assert.Equal(LinkFault.Forged, fault);
    }

    private static Secrets SecretsOf(byte root)
    {
        var secrets = new Secrets();
        secrets.Open([.. Enumerable.Repeat(root, 32)]);
        return secrets;
    }
}
