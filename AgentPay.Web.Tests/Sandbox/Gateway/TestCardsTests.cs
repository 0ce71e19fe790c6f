using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Pay;

namespace AgentPay.Web.Tests.Sandbox.Gateway;

public sealed class TestCardsTests
{
    [Fact]
    public void Cards_InTheTable_AreValidNumbersOfTheirBrand()
    {
        TestCards.Cards.ShouldAllBe(card => Luhn.IsValid(card.Number));
        TestCards.Cards.ShouldAllBe(card => TwilioCardType.Of(card.Number).Name == card.Brand && TwilioCardType.Of(card.Number)
            .HasLength(card.Number.Length));
    }

    [Fact]
    public void Numbers_InTheTables_AreThereOnceAndDescribed()
    {
        var all = TestCards.Cards.Concat(TestCards.BankAccounts).ToList();

        all.Select(card => card.Number).ShouldBeUnique();
        all.ShouldAllBe(card => card.Description.Length > 0 && !card.Description.Contains('\n'));
    }

    [Fact]
    public void Behaviours_OfTheSandbox_CanAllBeTried() =>
        TestCards.Cards.Concat(TestCards.BankAccounts).Select(card => card.Behaviour).Distinct().Order()
            .ShouldBe(Enum.GetValues<TestBehaviour>());
}
