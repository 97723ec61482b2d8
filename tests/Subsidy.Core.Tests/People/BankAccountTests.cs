using CsCheck;
using Subsidy.Core.People;

namespace Subsidy.Core.Tests.People;

public sealed class BankAccountTests
{
    // Sound cards with a number that only a UnionPay card has, their last digit found by trying: nine of ten do not fit.
    private static readonly Gen<string> UnionPayCard =
        from length in Gen.Int[16, 19]
        from digits in Gen.Char['0', '9'].Array[length - 3]
        select Enumerable.Range(0, 10).Select(check => $"62{new string(digits)}{check}").Single(HasWeightedSumOfTens);

    private static bool HasWeightedSumOfTens(string card) =>
        card.Reverse().Select((digit, place) => place % 2 == 0 ? digit - '0' : "0246813579"[digit - '0'] - '0').Sum() % 10 == 0;

    [Theory]
    [InlineData("4111111111111111")] // the card networks' published test numbers
    [InlineData("5555555555554444")]
    [InlineData("378282246310005")]
    [InlineData("6200000000000005")]
    [InlineData("６２００ 0000 0000 0005")]
    public void A_number_that_fits_a_card_is_a_card(string text)
    {
        Assert.True(BankAccount.TryParse(text, out var account, out var fault), fault?.En);
        Assert.Equal(BankAccountKind.Card, account.Kind);
    }

    [Fact]
    public void Every_single_wrong_digit_of_a_card_is_found() =>
        Gen.Select(UnionPayCard, Gen.Int[0, 18], Gen.Char['0', '9']).Sample((card, at, wrong) =>
        {
            var place = at % card.Length;
            var changed = card[..place] + wrong + card[(place + 1)..];
            return BankAccount.TryParse(changed, BankAccountKind.Card, out _, out _) == (wrong == card[place]);
        });

    [Fact]
    public void A_mistyped_UnionPay_card_is_not_taken_for_a_passbook() =>
        Gen.Select(UnionPayCard, Gen.Int[2, 18], Gen.Char['0', '9']).Sample((card, at, wrong) =>
        {
            var place = Math.Min(at, card.Length - 1);
            var changed = card[..place] + wrong + card[(place + 1)..];
            return BankAccount.TryParse(changed, out _, out _) == (wrong == card[place]);
        });

    [Theory]
    [InlineData("10203040")]
    [InlineData("4111111111111112")]
    [InlineData("12345678901234567890123456789012")]
    public void A_number_that_fits_no_card_is_a_passbook(string text)
    {
        Assert.True(BankAccount.TryParse(text, out var account, out var fault), fault?.En);
        Assert.Equal(BankAccountKind.Passbook, account.Kind);
        Assert.Equal(text, account.Value);
    }

    [Fact]
    public void What_the_payee_calls_a_passbook_needs_no_check_digit() =>
        Assert.True(BankAccount.TryParse("6200000000000006", BankAccountKind.Passbook, out _, out _));

    [Theory]
    [InlineData("6200000000000005", "****0005")]
    [InlineData("10203040", "****3040")]
    public void Only_the_last_four_digits_are_shown_whatever_the_length(string text, string masked)
    {
        Assert.True(BankAccount.TryParse(text, out var account, out _));
        Assert.Equal(masked, account.Masked);
        Assert.Equal(masked, $"{account}");
    }

    [Theory]
    [InlineData(null, "Enter", "请填写")]
    [InlineData("6200-0000-0000-0005", "digits only", "只能由数字组成")]
    [InlineData("6200000000000006", "check digit", "校验位")]
    [InlineData("1234567", "8 to 32 digits (a bank card 12 to 19); this one has 7", "现在是7位")]
    [InlineData("123456789012345678901234567890123", "8 to 32 digits (a bank card 12 to 19); this one has 33", "现在是33位")]
    public void A_fault_says_what_is_wrong_and_what_would_be_right(string? text, string english, string chinese)
    {
        Assert.False(BankAccount.TryParse(text, out var account, out var fault));
        Assert.Null(account);
        Assert.Contains(english, fault.En, StringComparison.Ordinal);
        Assert.Contains(chinese, fault.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("41111111117")]
    [InlineData("41111111111111111115")]
    public void A_card_has_12_to_19_digits(string text)
    {
        Assert.False(BankAccount.TryParse(text, BankAccountKind.Card, out _, out var fault));
        Assert.Contains($"12 to 19 digits; this one has {text.Length}", fault.En, StringComparison.Ordinal);
    }
}
