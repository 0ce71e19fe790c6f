using AgentPay.Web;
using AgentPay.Web.Sandbox;

var builder = AgentPayHost.CreateBuilder(args);
var mode = builder.ReadMode();

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHealthChecks();
if (mode != AgentPayMode.Live) builder.AddSandbox();

var app = builder.Build();

if (mode != AgentPayMode.Live) app.MapSandbox();
app.MapHealthChecks("/health/live");

await app.RunAsync();
public partial class Program;
