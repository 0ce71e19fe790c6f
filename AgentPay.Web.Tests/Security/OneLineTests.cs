namespace AgentPay.Web.Tests.Security;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Schuhe, Größe 41 – blau")]
    [InlineData("مرحبا \u200fABC")]
    [InlineData("👩‍💻")]
    public void Text_OfPeople_StaysAsItIs(string text) => (OneLine.Is(text), OneLine.Of(text)).ShouldBe((true, text));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\u202ab")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u2069b")]
    public void Text_WithAHiddenSign_ShowsAQuestionMark(string text) => (OneLine.Is(text), OneLine.Of(text)).ShouldBe((false, "a?b"));

    [Fact]
    public void Text_WithoutEnd_IsCut() => OneLine.Of(new string('a', 10_000), 20).ShouldBe(new string('a', 20) + "…");
}
