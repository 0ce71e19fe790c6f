using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Api;

/// <summary>A server with a German culture, which writes 12,50.</summary>
public sealed class GermanServerTests(GermanServerTests.Bench bench) : IClassFixture<GermanServerTests.Bench>
{
    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData(1234.5, "1234.50")]
    public async Task Amount_IsReadAndShownWithAPoint(object amount, string shown)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        var payment = await agent.StartAsync(call, amount);

        (await agent.ItemAsync(payment)).Text("ChargeAmount").ShouldBe(shown);
    }

    [Theory]
    [InlineData("12,50")]
    [InlineData("1.234,50")]
    public async Task Amount_WithAComma_IsRefused(string amount)
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());

        (await agent.PostAsync("/startCapture", new { callSid = call.Sid, ChargeAmount = amount }))
            .ShouldBe(new(400, "Error with StartCapture: ChargeAmount is not a number such as 12.50"));
    }

    public sealed class Bench : ApiBench
    {
        protected override void Configure(IServiceCollection services) => services.AddSingleton<IStartupFilter, GermanCulture>();
    }

    private sealed class GermanCulture : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((_, rest) =>
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
                return rest();
            });
            next(app);
        };
    }
}
