using AgentPay.Web.CardData;
using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Tests.CardData;

public sealed class CardNumbersTests
{
    public static TheoryData<string> TestNumbers => [.. TestCards.Cards.Select(card => card.Number)];

    [Theory]
    [MemberData(nameof(TestNumbers))]
    public void Mask_CardOfTheSandbox_KeepsTheLastFour(string number) =>
        CardNumbers.Mask(number).ShouldBe(new string('x', number.Length - 4) + number[^4..]);

    [Theory]
    [InlineData("4222222222222", "xxxxxxxxx2222")]
    [InlineData("6304000000000000000", "xxxxxxxxxxxxxxx0000")]
    [InlineData("2221000000000009", "xxxxxxxxxxxx0009")]
    [InlineData("8100000000000002", "xxxxxxxxxxxx0002")]
    [InlineData("4111 1111 1111 1111", "xxxx xxxx xxxx 1111")]
    [InlineData("4111-1111-1111-1111", "xxxx-xxxx-xxxx-1111")]
    [InlineData("4111\u00a01111\u20091111\u20131111", "xxxx\u00a0xxxx\u2009xxxx\u20131111")]
    [InlineData("3782 822463 10005", "xxxx xxxxxx x0005")]
    [InlineData("4111.1111.1111.1111", "xxxx.xxxx.xxxx.1111")]
    [InlineData("4111  1111  1111  1111", "xxxx  xxxx  xxxx  1111")]
    [InlineData("4111_1111_1111_1111", "xxxx_xxxx_xxxx_1111")]
    [InlineData("4111/1111/1111/1111", "xxxx/xxxx/xxxx/1111")]
    [InlineData("4111 - 1111 - 1111 - 1111", "xxxx - xxxx - xxxx - 1111")]
    [InlineData("4111\u200b1111\u200b1111\u200b1111", "xxxx\u200bxxxx\u200bxxxx\u200b1111")]
    [InlineData("4111\u00ad1111\ufeff1111\t\r\n1111", "xxxx\u00adxxxx\ufeffxxxx\t\r\n1111")]
    [InlineData("4111%201111%201111%201111", "xxxx%20xxxx%20xxxx%201111")]
    [InlineData("4111%25201111%2E1111%E2%80%8B1111", "xxxx%2520xxxx%2Exxxx%E2%80%8B1111")]
    [InlineData("4111%A01111%A01111%A01111", "xxxx%A0xxxx%A0xxxx%A01111")]
    [InlineData("4111+1111+1111+1111", "xxxx+xxxx+xxxx+1111")]
    [InlineData("%34111111111111111", "xxxxxxxxxxxx1111")]
    [InlineData("6200000000000000", "xxxxxxxxxxxx0000")]
    [InlineData("6200-0000-0000-0000", "xxxx-xxxx-xxxx-0000")]
    [InlineData("501800000009", "xxxxxxxx0009")]
    [InlineData("36700102000000", "xxxxxxxxxx0000")]
    [InlineData("+61 400 000 000, 4111.1111.1111.1111", "+61 400 000 000, xxxx.xxxx.xxxx.1111")]
    [InlineData("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "x x x x x x x x x x x x 1 1 1 1")]
    [InlineData("card4111111111111111now", "cardxxxxxxxxxxxx1111now")]
    [InlineData("order 12 4111 1111 1111 1111, please", "order 12 xxxx xxxx xxxx 1111, please")]
    [InlineData("+61400000000 4111111111111111", "+61400000000 xxxxxxxxxxxx1111")]
    [InlineData("+4111111111111111", "+xxxxxxxxxxxx1111")]
    [InlineData("4111111111111111 and 5555555555554444", "xxxxxxxxxxxx1111 and xxxxxxxxxxxx4444")]
    [InlineData("{\"a\":[4111111111111111]}", "{\"a\":[xxxxxxxxxxxx1111]}")]
    [InlineData("\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11",
        "xxxxxxxxxxxx\uff11\uff11\uff11\uff11")]
    public void Mask_CardNumberInText_IsMaskedWhereItStands(string text, string masked) => CardNumbers.Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("")]
    [InlineData("4111111111111112")]
    [InlineData("411111111111")]
    [InlineData("00004111111111111111")]
    [InlineData("xxxxxxxxxxxx1111")]
    [InlineData("82919789861357149")]
    [InlineData("819799340147507238")]
    [InlineData("490154203237518")]
    [InlineData("5123456789010")]
    [InlineData("8003010000001")]
    [InlineData("6200 00000000 00 00")]
    [InlineData("4111    1111    1111    1111")]
    [InlineData("52.167.144.231")]
    [InlineData("4111, +61 400 000 000")]
    [InlineData("+4915123456787")]
    [InlineData("call +49 1512 3456787")]
    [InlineData("sip:+4915123456787@pbx.example.org")]
    [InlineData("1732266000006")]
    [InlineData("20261122090008")]
    [InlineData("8515131751004932")]
    [InlineData("9781234567895")]
    [InlineData("CA0123a4111111111111111b4567890ab0")]
    [InlineData("0193a4111111111111111b4567890abc")]
    [InlineData("41111111-1111-4115-8111-111111111111")]
    [InlineData("payment=0193a4111111111111111b4567890abc")]
    public void Mask_WhatIsNoCardNumber_IsTheSameText(string text) => CardNumbers.Mask(text).ShouldBeSameAs(text);

    [Theory]
    [InlineData("4915123456787", true)]
    [InlineData("sip:378282246310005@pbx.example.org", true)]
    [InlineData("4111111111111111", false)]
    public void Mask_Address_LeavesWhatATelephoneNumberMayBe(string text, bool isLeft)
    {
        CardNumbers.AreIn(text).ShouldBeTrue();
        CardNumbers.AreIn(text, TextKind.Address).ShouldBe(!isLeft);
    }

    [Fact]
    public void Mask_EveryIdentifierAndNumberOfManyCalls_IsTheSameText()
    {
        var chance = new Random(7);
        for (var i = 0; i < 4_000; i++)
        {
            var id = new Guid([.. Enumerable.Range(0, 16)
                .Select(_ => (byte)(chance.Next(10) * 16 + chance.Next(chance.Next(2) == 0 ? 10 : 16)))]);
            foreach (var text in (string[])["CA" + id.ToString("N"), id.ToString("N"), id.ToString(), id.ToString("N")
                .ToUpperInvariant(), $"+{chance.NextInt64(1, 1_000_000_000_000_000)}"])
                CardNumbers.Mask(text).ShouldBe(text);
        }
    }

    [Fact]
    public void Mask_CardNumberInAnyGroups_LeavesNoMoreThanItsLastFour()
    {
        var chance = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var number = TestCards.Cards[chance.Next(TestCards.Cards.Count)].Number;
            var written = string.Concat(number.Select((digit, at) => at == 0 || chance.Next(3) > 0 ? $"{digit}"
                : $"{" -\u00a0\u2013._/\u200b"[chance.Next(8)]}{digit}"));

            var masked = CardNumbers.Mask($"is {written}, thanks");

            new string([.. masked.Where(char.IsDigit)]).ShouldBe(number[^4..], written);
            CardNumbers.AreMaskedIn(masked).ShouldBeTrue(masked);
        }
    }

    [Theory]
    [InlineData("xxxxxxxxxxxx1111", true)]
    [InlineData("a xxxx xxxx xxxx 1111 b", true)]
    [InlineData("xxxxxxxxx2222", true)]
    [InlineData("xxxx%20xxxx.xxxx  1111", true)]
    [InlineData("xxx", false)]
    [InlineData("xxxx1111", false)]
    [InlineData("4111111111111111", false)]
    public void AreMaskedIn_Text_IsToldByItsMask(string text, bool isMasked) => CardNumbers.AreMaskedIn(text).ShouldBe(isMasked);

    [Fact]
    public void Mask_LongestTextThatComesIn_IsNoWorkToSpeakOf()
    {
        foreach (var text in (string[])[string.Concat(Enumerable.Repeat("4 ", 32_000)), new string('4', 64_000),
            string.Concat(Enumerable.Repeat("4111-", 12_000)), new string('a', 64_000)])
            CardNumbers.Mask(text).Length.ShouldBe(text.Length);
    }
}
