using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Subsidy.Functions;
using Subsidy.Functions.Clock;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
if (builder.Environment.IsDevelopment())
    builder.UseWhen<ClockRefresh>(ClockRefresh.IsFor);
builder.Services.AddFunctionsHead(builder.Configuration, builder.Environment);
builder.Build().Run();
