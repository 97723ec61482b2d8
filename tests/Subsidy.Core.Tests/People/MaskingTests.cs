using Subsidy.Core.People;

namespace Subsidy.Core.Tests.People;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("张三丰", "张*丰")]
    [InlineData("张三", "张*")]
    [InlineData("张", "*")]
    [InlineData("", "")]
    [InlineData(" 张三丰 ", "张*丰")]
    [InlineData("欧阳修文", "欧**文")]
    [InlineData("买买提·艾力", "买****力")]
    [InlineData("𠮷三丰", "𠮷*丰")]
    [InlineData("𠮷三", "𠮷*")]
    public void A_name_keeps_its_first_and_last_character(string name, string masked) =>
        Assert.Equal(masked, Masking.Name(name));
}
